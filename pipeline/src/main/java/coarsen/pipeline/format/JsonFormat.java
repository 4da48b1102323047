package coarsen.pipeline.format;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a message, with a field for the event time and one for the value.
 *
 * @param timestampField the field with the event time
 * @param valueField the field with the value
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

  /** Checks that the two fields differ, and that the pattern is one. */
  public JsonFormat {
    if (timestampField.equals(valueField)) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
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
