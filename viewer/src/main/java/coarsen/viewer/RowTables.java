package coarsen.viewer;

import coarsen.records.Aggregate;
import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as tables; the columns have the names of the JSON fields. */
final class RowTables {
  /** Significant digits of computed values; the rows have all of them. */
  private static final int DIGITS = 6;

  /** After the mean, as in JSON. */
  private static final int COUNT_COLUMN = 3;

  /** After the times, as in JSON. */
  private static final int SERIES_COLUMN_OF_READINGS = 1;

  private static final int SERIES_COLUMN_OF_WINDOWS = 2;

  private RowTables() {}

  static Table ofReadings(List<Reading> readings) {
    // As in JSON, it is there where it is not 0.
    boolean hasIndexes = readings.stream().anyMatch(reading -> reading.index() > 0);
    List<String> names = new ArrayList<>(List.of("ts", "value", "partition", "offset"));
    if (hasIndexes) {
      names.add("index");
    }
    names.addAll(List.of("run", "late"));
    boolean hasSeries = readings.stream().anyMatch(reading -> reading.series() != null);
    if (hasSeries) {
      names.add(SERIES_COLUMN_OF_READINGS, "series");
    }
    var table = new Table(names);
    for (Reading reading : readings) {
      List<String> cells = cells(reading, hasIndexes);
      if (hasSeries) {
        cells.add(SERIES_COLUMN_OF_READINGS, name(reading.series()));
      }
      table.add(cells);
    }
    return table;
  }

  static Table ofWindows(List<WindowSummary> windows) {
    List<String> names = new ArrayList<>(List.of("start_time", "end_time"));
    for (Aggregate aggregate : Aggregate.values()) {
      names.add(aggregate.fieldName());
    }
    names.add(COUNT_COLUMN, "count");
    names.addAll(List.of("pane", "run", "revision"));
    boolean hasSeries = windows.stream().anyMatch(window -> window.series() != null);
    if (hasSeries) {
      names.add(SERIES_COLUMN_OF_WINDOWS, "series");
    }
    var table = new Table(names);
    for (WindowSummary window : windows) {
      List<String> cells = cells(window);
      if (hasSeries) {
        cells.add(SERIES_COLUMN_OF_WINDOWS, name(window.series()));
      }
      table.add(cells);
    }
    return table;
  }

  private static List<String> cells(Reading row, boolean hasIndexes) {
    List<String> cells = new ArrayList<>();
    cells.add(EventTime.format(row.tsMicros()));
    cells.add(exact(row.value()));
    cells.add(Integer.toString(row.partition()));
    cells.add(Long.toString(row.offset()));
    if (hasIndexes) {
      cells.add(Integer.toString(row.index()));
    }
    cells.add(Integer.toString(row.run()));
    cells.add(Boolean.toString(row.late()));
    return cells;
  }

  private static List<String> cells(WindowSummary row) {
    List<String> cells = new ArrayList<>();
    cells.add(EventTime.format(row.startMicros()));
    cells.add(EventTime.format(row.endMicros()));
    for (Aggregate aggregate : Aggregate.values()) {
      double value = row.values().get(aggregate);
      cells.add(aggregate.isReading() ? exact(value) : rounded(value));
    }
    cells.add(COUNT_COLUMN, Long.toString(row.count()));
    cells.add(row.pane().name());
    cells.add(Integer.toString(row.run()));
    cells.add(Integer.toString(row.revision()));
    return cells;
  }

  private static String name(@Nullable Series series) {
    return series == null ? "" : series.text();
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
