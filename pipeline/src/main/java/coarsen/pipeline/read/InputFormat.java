package coarsen.pipeline.read;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * How messages are to be understood.
 *
 * @param timestampField the JSON field with the event time
 * @param valueField the JSON field with the value
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are integers
 */
public record InputFormat(
    String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit)
    implements Serializable {

  /** The contract's fields; UTC; milliseconds. */
  public static final InputFormat DEFAULT =
      new InputFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** Checks that the two fields differ. */
  public InputFormat {
    if (timestampField.equals(valueField)) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
    }
  }
}
