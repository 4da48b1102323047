package coarsen.pipeline.format;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * One JSON object a message, with a field for the event time and one for the value.
 *
 * @param timestampField the field with the event time
 * @param valueField the field with the value
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are integers
 */
public record JsonFormat(
    String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit)
    implements InputFormat {

  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final JsonFormat DEFAULT =
      new JsonFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** Checks that the two fields differ. */
  public JsonFormat {
    if (timestampField.equals(valueField)) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
    }
  }

  @Override
  public MessageParser parser() {
    return new JsonMessageParser(this);
  }
}
