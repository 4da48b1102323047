package coarsen.pipeline.format;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a message, with a field for the event time and one for the value.
 *
 * @param timestampField the field with the event time: a name at the top level, or a JSON pointer,
 *     which begins with a slash; {@link #KAFKA_TIME} for the messages' own Kafka timestamps
 * @param valueField the field with the value, likewise
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are numbers
 * @param timestampFormat the pattern of timestamps that are strings; null for ISO-8601 and numbers
 * @param numbersInStrings whether a value may be a string that holds a number
 */
public record JsonFormat(
    String timestampField,
    String valueField,
    ZoneId inputZone,
    TimeUnit timestampUnit,
    @Nullable String timestampFormat,
    boolean numbersInStrings)
    implements InputFormat {

  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final JsonFormat DEFAULT =
      new JsonFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** In place of the field with the event time: the messages' own Kafka timestamps. */
  public static final String KAFKA_TIME = "@kafka";

  /** Checks that the two fields differ, and that pointers and the pattern are some. */
  public JsonFormat {
    FieldPath timestamp = FieldPath.parse("--timestampField", timestampField);
    FieldPath value = FieldPath.parse("--valueField", valueField);
    if (timestamp.steps().equals(value.steps())) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
    }
    if (timestamp.holds(value) || value.holds(timestamp)) {
      throw new IllegalArgumentException(
          "--timestampField="
              + timestampField
              + " and --valueField="
              + valueField
              + " are one inside the other; name two fields");
    }
    if (timestampFormat != null) {
      PatternParser.check(timestampFormat);
    }
  }

  /** Timestamps of ISO-8601 or numbers; values that are numbers. */
  public JsonFormat(
      String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit) {
    this(timestampField, valueField, inputZone, timestampUnit, null, false);
  }

  @Override
  public MessageParser parser() {
    return new JsonMessageParser(this);
  }
}
