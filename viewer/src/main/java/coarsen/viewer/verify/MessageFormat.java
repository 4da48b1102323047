package coarsen.viewer.verify;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * How the messages of the source are to be understood: one JSON object each.
 *
 * @param timestampField the field with the event time
 * @param valueField the field with the value
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are integers
 */
public record MessageFormat(
    String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit) {
  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final MessageFormat DEFAULT =
      new MessageFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** Checks that the two fields differ. */
  public MessageFormat {
    if (timestampField.equals(valueField)) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
    }
  }
}
