package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a message as one JSON object. Streaming: no tree is made, and no object for a reading. */
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
      "more than one JSON document; a message is expected to be one reading";

  private final String timestampField;
  private final String valueField;
  private final JsonTimestampReader timestamps;
  private final JsonValueReader values;
  private final boolean takesKafkaTime;

  /** Null where both fields are at the top level. */
  private final @Nullable FieldFinder finder;

  private boolean hasTimestamp;
  private boolean hasValue;
  private @Nullable RejectReason reason;
  private String detail = "";

  JsonMessageParser(JsonFormat format) {
    FieldPath timestamp = FieldPath.parse("--timestampField", format.timestampField());
    FieldPath value = FieldPath.parse("--valueField", format.valueField());
    timestampField = timestamp.text();
    valueField = value.text();
    timestamps = new JsonTimestampReader(format, timestamp.place());
    values = new JsonValueReader(format, value.place());
    takesKafkaTime = timestampField.equals(JsonFormat.KAFKA_TIME);
    finder = isPlain(timestamp) && isPlain(value) ? null : finder(timestamp, value);
  }

  @Override
  public @Nullable RejectReason parse(Message message) {
    RejectReason why = parse(message.bytes(), message.start(), message.length());
    if (why != null || !takesKafkaTime) {
      return why;
    }
    RejectReason untimed = timestamps.takeKafkaTime(message.kafkaMillis());
    return untimed == null ? null : reject(untimed, timestamps.detail());
  }

  @Nullable RejectReason parse(byte[] bytes, int start, int length) {
    reason = null;
    detail = "";
    hasTimestamp = takesKafkaTime;
    hasValue = false;
    if (length > MAX_BYTES) {
      return reject(RejectReason.TOO_LARGE, length + " bytes; at most " + MAX_BYTES + " are read");
    }
    if (!NotJson.looksLikeUtf8(bytes, start, length)) {
      return reject(RejectReason.NOT_JSON, NotJson.describe(bytes, start, length));
    }
    try (JsonParser parser = JSON.createParser(bytes, start, length)) {
      return document(parser);
    } catch (StreamConstraintsException e) {
      return reject(RejectReason.TOO_LARGE, OVER_A_LIMIT);
    } catch (IOException e) {
      return reject(RejectReason.NOT_JSON, NotJson.describe(bytes, start, length));
    }
  }

  @Override
  public long tsMicros() {
    return timestamps.micros();
  }

  @Override
  public double value() {
    return values.value();
  }

  @Override
  public boolean takesKafkaTime() {
    return takesKafkaTime;
  }

  @Override
  public boolean isTimeRepeated() {
    return timestamps.isRepeated();
  }

  @Override
  public String detail() {
    return detail;
  }

  private @Nullable RejectReason document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      if (first == null) {
        return reject(RejectReason.NOT_JSON, "the message holds nothing but white space");
      }
      String what = first == JsonToken.START_ARRAY ? JsonKind.ofArray(parser) : JsonKind.of(first);
      return parser.nextToken() == null
          ? reject(RejectReason.NOT_AN_OBJECT, "the message is " + what)
          : reject(RejectReason.NOT_JSON, SEVERAL);
    }
    if (finder == null) {
      topLevel(parser);
    } else {
      finder.find(parser);
    }
    if (parser.nextToken() != null) {
      return reject(RejectReason.NOT_JSON, SEVERAL);
    }
    if (!hasTimestamp) {
      addFault(RejectReason.MISSING_FIELD, "no " + timestampField);
    } else if (!hasValue) {
      addFault(RejectReason.MISSING_FIELD, "no " + valueField);
    }
    return reason;
  }

  private void topLevel(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(timestampField)) {
        once(hasTimestamp, timestampField);
        timestamp(parser, token);
      } else if (name.equals(valueField)) {
        once(hasValue, valueField);
        value(parser, token);
      }
      parser.skipChildren();
    }
  }

  /** Whether a field is given by the name that it has at the top level. */
  private boolean isPlain(FieldPath field) {
    return !takesKafkaTime && field.steps().get(0).equals(field.text());
  }

  private FieldFinder finder(FieldPath timestamp, FieldPath value) {
    var values = new FieldFinder.Target(value, this::value);
    return new FieldFinder(
        takesKafkaTime
            ? List.of(values)
            : List.of(new FieldFinder.Target(timestamp, this::timestamp), values),
        field -> once(true, field));
  }

  private void timestamp(JsonParser parser, JsonToken token) throws IOException {
    hasTimestamp = true;
    RejectReason why = timestamps.read(parser, token);
    if (why != null) {
      addFault(why, timestamps.detail());
    }
  }

  private void value(JsonParser parser, JsonToken token) throws IOException {
    hasValue = true;
    RejectReason why = values.read(parser, token);
    if (why != null) {
      addFault(why, values.detail());
    }
  }

  private void once(boolean seen, String field) {
    if (seen) {
      addFault(RejectReason.DUPLICATE_FIELD, field + " appears twice");
    }
  }

  /** The first field that is wrong gives the reason, unless the message is not JSON at all. */
  private void addFault(RejectReason why, String what) {
    if (reason == null) {
      reject(why, what);
    }
  }

  private RejectReason reject(RejectReason why, String what) {
    reason = why;
    detail = what;
    return why;
  }
}
