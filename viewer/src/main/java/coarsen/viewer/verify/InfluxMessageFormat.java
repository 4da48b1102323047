package coarsen.viewer.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Influx line protocol: lines of {@code measurement,tag=value field=value,field=value timestamp}.
 *
 * @param valueField the names of the fields that are readings, with commas between them, where a
 *     comma of a name is {@code \,}; null for all fields that hold numbers
 * @param timestampUnit the unit of timestamps
 * @param numbersInStrings whether a string that holds a number is one
 * @param series what names the series; null if readings have none
 */
public record InfluxMessageFormat(
    @Nullable String valueField,
    TimeUnit timestampUnit,
    boolean numbersInStrings,
    @Nullable SeriesFormat series)
    implements MessageFormat {

  /** Checks that there are names, each once. */
  public InfluxMessageFormat {
    if (valueField != null) {
      Set<String> names = new HashSet<>();
      for (String name : FieldNames.split(valueField)) {
        if (name.isEmpty() || !names.add(name)) {
          throw new IllegalArgumentException(
              "--valueField=" + valueField + " has an empty name, or one twice; name fields once");
        }
      }
    }
    if (series != null) {
      var unused = new LineLabels(series, hasSeveral(valueField));
    }
  }

  /** Without series. */
  InfluxMessageFormat(
      @Nullable String valueField, TimeUnit timestampUnit, boolean numbersInStrings) {
    this(valueField, timestampUnit, numbersInStrings, null);
  }

  /** The fields that are readings; empty for all that hold numbers. */
  List<String> fields() {
    return valueField == null ? List.of() : FieldNames.split(valueField);
  }

  /** What names the series; null if readings have none. */
  @Nullable LineLabels labels() {
    return series == null ? null : new LineLabels(series, hasSeveral(valueField));
  }

  /** Whether several fields may be readings, so that a label says which it is. */
  private static boolean hasSeveral(@Nullable String valueField) {
    return valueField == null || FieldNames.split(valueField).size() > 1;
  }

  @Override
  public boolean mayHoldNothing() {
    return true;
  }

  @Override
  public MessageReader reader() {
    return new InfluxReader(this);
  }
}
