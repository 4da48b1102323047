package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message as a JSON object, or an array of such objects. Streaming: no tree is made, and no
 * object for a reading.
 */
final class JsonMessageParser implements MessageParser {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;
  static final int MAX_NUMBER = 64;
  private static final int MAX_STRING = 1 << 16;
  private static final String OVER_A_LIMIT =
      "deeper than "
          + MAX_DEPTH
          + ", or a number over "
          + MAX_NUMBER
          + " characters, or a string over "
          + MAX_STRING;

  /** Interning would keep every field name that ever came. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final String SEVERAL =
      "more than one JSON document; a message is expected to be one object or one array of objects";

  private final ParsedMessage parsed = new ParsedMessage();
  private final String timestampField;
  private final JsonTimestampReader timestamps;
  private final boolean takesKafkaTime;
  private final List<FieldPath> valueFields;
  private final String firstValueField;
  private final JsonValueReader[] values;

  /** Null where there is one value, and both fields are at the top level. */
  private final @Nullable FieldFinder finder;

  // Of the object that is being read.
  private boolean hasTimestamp;
  private int valuesFound;
  private @Nullable RejectReason reason;
  private String detail = "";
  private final @Nullable RejectReason[] valueReasons;
  private final String[] valueDetails;

  JsonMessageParser(JsonFormat format) {
    FieldPath timestamp = FieldPath.parse("--timestampField", format.timestampField());
    timestampField = timestamp.text();
    timestamps = new JsonTimestampReader(format, timestamp.place());
    takesKafkaTime = timestampField.equals(JsonFormat.KAFKA_TIME);
    valueFields = FieldPath.list("--valueField", format.valueField());
    firstValueField = valueFields.get(0).text();
    values =
        valueFields.stream()
            .map(field -> new JsonValueReader(format, field))
            .toArray(JsonValueReader[]::new);
    valueReasons = new RejectReason[values.length];
    valueDetails = new String[values.length];
    boolean isPlain =
        !takesKafkaTime && values.length == 1 && timestamp.isName() && valueFields.get(0).isName();
    finder = isPlain ? null : finder(timestamp);
  }

  @Override
  public ParsedMessage parse(Message message) {
    byte[] bytes = message.bytes();
    int start = message.start();
    int length = message.length();
    parsed.clear();
    if (length > MAX_BYTES) {
      return parsed.rejected(
          RejectReason.TOO_LARGE, length + " bytes; at most " + MAX_BYTES + " are read");
    }
    if (!NotJson.looksLikeUtf8(bytes, start, length)) {
      return parsed.rejected(RejectReason.NOT_JSON, NotJson.describe(bytes, start, length));
    }
    try (JsonParser parser = JSON.createParser(bytes, start, length)) {
      return document(parser, message.kafkaMillis());
    } catch (StreamConstraintsException e) {
      return parsed.rejected(RejectReason.TOO_LARGE, OVER_A_LIMIT);
    } catch (IOException e) {
      return parsed.rejected(RejectReason.NOT_JSON, NotJson.describe(bytes, start, length));
    }
  }

  private ParsedMessage document(JsonParser parser, long kafkaMillis) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return parsed.rejected(RejectReason.NOT_JSON, "the message holds nothing but white space");
    }
    if (first == JsonToken.START_OBJECT) {
      object(parser, 0, "", kafkaMillis);
    } else if (first == JsonToken.START_ARRAY) {
      array(parser, kafkaMillis);
    } else {
      parsed.rejected(RejectReason.NOT_AN_OBJECT, "the message is " + JsonKind.of(first));
    }
    return parser.nextToken() == null ? parsed : parsed.rejected(RejectReason.NOT_JSON, SEVERAL);
  }

  private void array(JsonParser parser, long kafkaMillis) throws IOException {
    int elements = 0;
    int objects = 0;
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      boolean fits = (elements + 1) * values.length <= ParsedMessage.MAX_READINGS;
      if (fits && token == JsonToken.START_OBJECT) {
        objects++;
        object(parser, elements * values.length, "element " + elements + ": ", kafkaMillis);
      } else {
        if (fits) {
          parsed.rejected(
              elements * values.length,
              RejectReason.NOT_AN_OBJECT,
              "element " + elements + " is " + JsonKind.of(token));
        }
        parser.skipChildren();
      }
      elements++;
    }
    if (elements > ParsedMessage.MAX_READINGS / values.length) {
      parsed.rejected(
          RejectReason.TOO_LARGE,
          "an array of "
              + elements
              + " elements; at most "
              + ParsedMessage.MAX_READINGS
              + " readings of a message are read");
    } else if (objects == 0) {
      parsed.rejected(RejectReason.NOT_AN_OBJECT, "the message is an array without objects");
    }
  }

  /**
   * Reads the object at whose start the parser is.
   *
   * @param index of its first value
   */
  private void object(JsonParser parser, int index, String place, long kafkaMillis)
      throws IOException {
    reason = null;
    hasTimestamp = takesKafkaTime;
    valuesFound = 0;
    if (finder == null) {
      topLevel(parser);
    } else {
      Arrays.fill(valueReasons, null);
      finder.find(parser);
    }
    if (!hasTimestamp) {
      addFault(RejectReason.MISSING_FIELD, "no " + timestampField);
    }
    for (int i = 0; i < values.length; i++) {
      if ((valuesFound & 1 << i) == 0) {
        addFault(i, RejectReason.MISSING_FIELD, "no " + valueFields.get(i).text());
      }
    }
    if (takesKafkaTime && reason == null) {
      RejectReason untimed = timestamps.takeKafkaTime(kafkaMillis);
      if (untimed != null) {
        addFault(untimed, timestamps.detail());
      }
    }
    if (reason != null) {
      parsed.rejected(index, reason, place + detail);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      RejectReason why = valueReasons[i];
      if (why == null) {
        parsed.reading(
            index + i,
            timestamps.micros(),
            values[i].value(),
            timestamps.isRepeated(),
            takesKafkaTime);
      } else {
        parsed.rejected(index + i, why, place + valueDetails[i]);
      }
    }
  }

  private void topLevel(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(timestampField)) {
        if (hasTimestamp) {
          addFault(RejectReason.DUPLICATE_FIELD, twice(name));
        }
        timestamp(parser, token);
      } else if (name.equals(firstValueField)) {
        if (valuesFound != 0) {
          addFault(RejectReason.DUPLICATE_FIELD, twice(name));
        }
        value(0, parser, token);
      }
      parser.skipChildren();
    }
  }

  private FieldFinder finder(FieldPath timestamp) {
    List<FieldFinder.Target> targets = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int value = i;
      targets.add(
          new FieldFinder.Target(
              valueFields.get(i), (parser, token) -> value(value, parser, token)));
    }
    if (!takesKafkaTime) {
      targets.add(new FieldFinder.Target(timestamp, this::timestamp));
    }
    return new FieldFinder(targets, this::addRepeat);
  }

  private void addRepeat(String field, int targets) {
    if (targets >> values.length != 0) {
      addFault(RejectReason.DUPLICATE_FIELD, twice(field));
    }
    for (int i = 0; i < values.length; i++) {
      if ((targets & 1 << i) != 0) {
        addFault(i, RejectReason.DUPLICATE_FIELD, twice(field));
      }
    }
  }

  private static String twice(String field) {
    return field + " appears twice";
  }

  private void timestamp(JsonParser parser, JsonToken token) throws IOException {
    hasTimestamp = true;
    RejectReason why = timestamps.read(parser, token);
    if (why != null) {
      addFault(why, timestamps.detail());
    }
  }

  private void value(int i, JsonParser parser, JsonToken token) throws IOException {
    valuesFound |= 1 << i;
    RejectReason why = values[i].read(parser, token);
    if (why != null) {
      addFault(i, why, values[i].detail());
    }
  }

  /** A fault of one value; where the object has no other, it is the object's. */
  private void addFault(int i, RejectReason why, String what) {
    if (values.length == 1) {
      addFault(why, what);
    } else if (valueReasons[i] == null) {
      valueReasons[i] = why;
      valueDetails[i] = what;
    }
  }

  /** The first fault of an object gives the reason. */
  private void addFault(RejectReason why, String what) {
    if (reason == null) {
      reason = why;
      detail = what;
    }
  }
}
