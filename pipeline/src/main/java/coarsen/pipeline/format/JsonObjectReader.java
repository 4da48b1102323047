package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import coarsen.records.Series;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an object of a message as readings, one for each field with a value. */
final class JsonObjectReader {
  private final ParsedMessage parsed;
  private final String timestampField;
  private final JsonTimestampReader timestamps;
  private final boolean takesKafkaTime;
  private final List<FieldPath> valueFields;
  private final String firstValueField;
  private final JsonValueReader[] values;

  private final JsonLabels labels;

  /** Null where there is one value, and all fields are at the top level. */
  private final @Nullable FieldFinder finder;

  // Of the object that is being read.
  private boolean hasTimestamp;
  private int valuesFound;
  private @Nullable RejectReason reason;
  private String detail = "";
  private final @Nullable RejectReason[] valueReasons;
  private final String[] valueDetails;
  private long kafkaMillis;

  /**
   * @param parsed takes the readings
   */
  JsonObjectReader(JsonFormat format, ParsedMessage parsed) {
    this.parsed = parsed;
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
    labels = new JsonLabels(format.series(), valueFields);
    boolean isPlain =
        !takesKafkaTime
            && values.length == 1
            && timestamp.isName()
            && valueFields.get(0).isName()
            && labels.fields().stream().allMatch(FieldPath::isName);
    finder = isPlain ? null : finder(timestamp);
  }

  /** How many readings an object has. */
  int values() {
    return values.length;
  }

  /** Begins a message. */
  void open(Message message) {
    kafkaMillis = message.kafkaMillis();
    labels.open(message);
  }

  /**
   * Reads the object at whose start the parser is.
   *
   * @param index of its first value
   * @param place of the object, before what is wrong with it
   */
  void read(JsonParser parser, int index, String place) throws IOException {
    reason = null;
    hasTimestamp = takesKafkaTime;
    valuesFound = 0;
    labels.clear();
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
    RejectReason unlabeled = labels.complete();
    if (unlabeled != null) {
      addFault(unlabeled, labels.detail());
    }
    if (reason != null) {
      parsed.rejected(index, reason, place + detail);
      return;
    }
    add(index, place);
  }

  private void add(int index, String place) {
    for (int i = 0; i < values.length; i++) {
      RejectReason why = valueReasons[i];
      if (why == null) {
        parsed.reading(
            index + i,
            timestamps.micros(),
            values[i].value(),
            timestamps.isRepeated(),
            takesKafkaTime);
        Series series = labels.series(i);
        if (series != null) {
          parsed.series(parsed.size() - 1, series);
        }
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
      } else {
        int label = labels.indexOf(name);
        if (label >= 0) {
          if (labels.isFound(label)) {
            addFault(RejectReason.DUPLICATE_FIELD, twice(name));
          }
          label(label, parser, token);
        }
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
    for (int i = 0; i < labels.fields().size(); i++) {
      int label = i;
      targets.add(
          new FieldFinder.Target(
              labels.fields().get(i), (parser, token) -> label(label, parser, token)));
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

  private void label(int i, JsonParser parser, JsonToken token) throws IOException {
    RejectReason why = labels.read(i, parser, token);
    if (why != null) {
      addFault(why, labels.detail());
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
