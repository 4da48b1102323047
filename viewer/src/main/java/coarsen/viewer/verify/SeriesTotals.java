package coarsen.viewer.verify;

import coarsen.records.Pane;
import coarsen.records.RowVersion;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a window's series add up to, for each version of the row of all readings: as
 * many series as that one says, and its count. Early and on-time rows are written of all series,
 * late ones of those that changed.
 */
final class SeriesTotals {
  private static final class Total {
    /** That the row of all readings reports. */
    private long seriesCount;

    private long rows;

    /** Rows of series that have no older row of the run. */
    private long newSeries;

    /** Readings that older rows of the run do not count. */
    private long newReadings;
  }

  private final TreeMap<RowVersion, Total> byVersion = new TreeMap<>();

  /** There is a row of all readings, which reports so many series. */
  void expect(RowVersion version, long seriesCount) {
    at(version).seriesCount = seriesCount;
  }

  /** There is a row of a series. */
  void announce(RowVersion version) {
    at(version);
  }

  /** Whether any row of this version was there at first. */
  boolean isKnown(RowVersion version) {
    return byVersion.containsKey(version);
  }

  /** Adds the row of a series. */
  void add(RowVersion version, long newReadings, boolean isNewSeries) {
    Total total = at(version);
    total.rows++;
    total.newSeries += isNewSeries ? 1 : 0;
    total.newReadings += newReadings;
  }

  /**
   * Compares the totals with the rows of all readings.
   *
   * @param rows these, null where there is none
   * @param hasClosed the runs that must have written the row of all readings
   */
  void check(
      Function<RowVersion, WindowRows.@Nullable Row> rows,
      IntPredicate hasClosed,
      Consumer<String> differences) {
    int run = -1;
    long series = 0;
    long readings = 0;
    for (var entry : byVersion.entrySet()) {
      RowVersion version = entry.getKey();
      Total total = entry.getValue();
      if (version.run() != run) {
        run = version.run();
        series = 0;
        readings = 0;
      }
      series += total.newSeries;
      readings += total.newReadings;
      WindowRows.Row row = rows.apply(version);
      String what = null;
      if (row == null) {
        if (total.rows > 0 && hasClosed.test(run)) {
          what =
              "expected a row of all readings, for " + total.rows + " series have one, found none";
        }
      } else if (total.seriesCount != series) {
        what =
            "expected rows of "
                + total.seriesCount
                + " series, as series_count says, found "
                + series;
      } else if (row.pane() != Pane.LATE && total.rows != series) {
        what =
            "expected a row of each of the "
                + series
                + " series in the "
                + row.pane()
                + " pane, found "
                + total.rows;
      } else if (series > 0 && row.count() != readings) {
        what =
            "expected the counts of the series to add up to " + row.count() + ", found " + readings;
      }
      if (what != null) {
        differences.accept("run %d, revision %d: %s".formatted(run, version.revision(), what));
      }
    }
  }

  private Total at(RowVersion version) {
    return byVersion.computeIfAbsent(version, key -> new Total());
  }
}
