package coarsen.viewer;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Rows as tables, with the names that they have in JSON. */
final class RowTables {
  /** Digits of means and deviations; whoever wants all of them reads the rows. */
  static final int DIGITS = 6;

  private RowTables() {}

  static Table ofReadings(List<Reading> readings) {
    var table = new Table("ts", "value", "partition", "offset", "run", "late");
    for (Reading reading : readings) {
      table.add(
          EventTime.format(reading.tsMicros()),
          exact(reading.value()),
          Integer.toString(reading.partition()),
          Long.toString(reading.offset()),
          Integer.toString(reading.run()),
          Boolean.toString(reading.late()));
    }
    return table;
  }

  static Table ofWindows(List<WindowSummary> windows) {
    var table =
        new Table(
            "start_time",
            "end_time",
            "avg_value",
            "count",
            "min_value",
            "max_value",
            "stddev_value",
            "pane",
            "run",
            "revision");
    for (WindowSummary window : windows) {
      table.add(
          EventTime.format(window.startMicros()),
          EventTime.format(window.endMicros()),
          rounded(window.avgValue()),
          Long.toString(window.count()),
          exact(window.minValue()),
          exact(window.maxValue()),
          rounded(window.stddevValue()),
          window.pane().name(),
          Integer.toString(window.run()),
          Integer.toString(window.revision()));
    }
    return table;
  }

  static String rounded(double value) {
    return text(BigDecimal.valueOf(value).round(new MathContext(DIGITS)));
  }

  private static String exact(double value) {
    return text(BigDecimal.valueOf(value));
  }

  private static String text(BigDecimal value) {
    BigDecimal bare = value.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    boolean plain = value.signum() == 0 || (exponent >= -7 && exponent < 21);
    return plain ? bare.toPlainString() : bare.toString();
  }
}
