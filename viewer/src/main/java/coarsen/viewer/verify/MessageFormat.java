package coarsen.viewer.verify;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of the source are to be understood: one JSON object each.
 *
 * @param timestampField the field with the event time
 * @param valueField the field with the value
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are numbers
 * @param timestampFormat the pattern of timestamps that are strings; null for ISO-8601 and numbers
 * @param numbersInStrings whether a value may be a string that holds a number
 */
public record MessageFormat(
    String timestampField,
    String valueField,
    ZoneId inputZone,
    TimeUnit timestampUnit,
    @Nullable String timestampFormat,
    boolean numbersInStrings) {
  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final MessageFormat DEFAULT =
      new MessageFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** Checks that the two fields differ, and that the pattern is one. */
  public MessageFormat {
    if (timestampField.equals(valueField)) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
    }
    if (timestampFormat != null) {
      TimestampPattern.formatter(timestampFormat);
    }
  }

  /** Timestamps of ISO-8601 or numbers; values that are numbers. */
  public MessageFormat(
      String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit) {
    this(timestampField, valueField, inputZone, timestampUnit, null, false);
  }
}
