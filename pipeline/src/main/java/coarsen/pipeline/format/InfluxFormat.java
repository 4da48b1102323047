package coarsen.pipeline.format;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Influx line protocol, as Telegraf sends it to Kafka: lines of {@code measurement,tag=value
 * field=value,field=value timestamp}. Each field that holds a number is a reading at its line's
 * time, which is the message's Kafka timestamp where the line has none.
 *
 * @param timestampUnit the unit of timestamps
 * @param valueField the names of the fields that are readings, with commas between them; a comma in
 *     a name has a backslash before it. Null for all fields that hold numbers
 * @param numbersInStrings whether strings that hold a number, as JSON writes it, are numbers
 * @param series what names the series; null if readings have none
 */
public record InfluxFormat(
    TimeUnit timestampUnit,
    @Nullable String valueField,
    boolean numbersInStrings,
    @Nullable SeriesFields series)
    implements InputFormat {

  /** All fields that hold numbers; nanoseconds. */
  public static final InfluxFormat DEFAULT =
      new InfluxFormat(TimeUnit.NANOSECONDS, null, false, null);

  /** Checks that there are names, and that they differ. */
  public InfluxFormat {
    Set<String> names = new HashSet<>();
    for (String name : names(valueField)) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "--valueField='"
                + valueField
                + "' has an empty name; write names such as usage_idle,load1");
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "--valueField names '" + name + "' twice; name each field once");
      }
    }
    if (series != null) {
      InfluxLabels.names(series, names.size() != 1);
    }
  }

  /** Whether series have a label with the field's name: there may be several fields. */
  boolean hasField() {
    return names().size() != 1;
  }

  @Override
  public boolean readsKeyAndHeaders() {
    return series != null && series.hasKey();
  }

  /** The names of the fields that are readings; empty for all. */
  List<String> names() {
    return names(valueField);
  }

  private static List<String> names(@Nullable String valueField) {
    return valueField == null ? List.of() : FieldPath.split(valueField);
  }

  @Override
  public MessageParser parser() {
    return new InfluxMessageParser(this);
  }
}
