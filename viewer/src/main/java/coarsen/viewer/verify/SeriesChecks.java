package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Pane;
import coarsen.records.Reading;
import coarsen.records.RowVersion;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The windows by series. There may be too many of them to be in memory at once, so they are checked
 * a part of the series at a time, and the rows are read again for each: first all rows are counted,
 * then for each part come its rows of series, then its readings.
 */
final class SeriesChecks {
  private final WindowChecks windows;
  private final SeriesParts parts;
  private final Consumer<String> differences;
  private final Map<Long, SeriesTotals> totals = new HashMap<>();

  /** Of the current part. */
  private final Map<Long, Map<Series, WindowCheck>> byStart = new HashMap<>();

  private int part;
  private long withoutRow;
  private long dropped;
  private long compared;
  private long series;
  private long repeats;
  private double maxMeanDifference;

  /**
   * @param memory that the windows of a part may take, in bytes
   */
  SeriesChecks(long memory, WindowChecks windows, Consumer<String> differences) {
    this.windows = windows;
    this.differences = differences;
    parts = new SeriesParts(memory);
  }

  /** Takes a row of all readings or of a series; all of them come before the first part. */
  void count(WindowSummary row) {
    if (row.series() != null) {
      parts.count(row.series(), row);
      totals(row.startMicros()).announce(row.version());
    } else if (row.seriesCount() > 0) {
      totals(row.startMicros()).expect(row.version(), row.seriesCount());
    }
  }

  /** How many parts there are; 0 if there is no row of a series. */
  int parts() {
    return parts.parts();
  }

  /** Whether the series is in the current part. */
  boolean holds(@Nullable Series of) {
    return of != null && parts.parts() > 0 && parts.part(of) == part;
  }

  /**
   * Adds a row of a series, if it is in the current part; one that was not counted is passed by.
   */
  void addRow(WindowSummary row) {
    Series of = row.series();
    if (of == null || !holds(of) || !windows.isWindow(row)) {
      return;
    }
    long start = row.startMicros();
    SeriesTotals ofWindow = totals.get(start);
    if (ofWindow == null || !ofWindow.isKnown(row.version())) {
      return;
    }
    WindowRows.Row ofAll = windows.row(start, row.version());
    if (ofAll != null && ofAll.pane() != row.pane()) {
      differs(
          start,
          of,
          "run %d, revision %d: expected pane %s, as in the row of all readings, found %s"
              .formatted(row.run(), row.revision(), ofAll.pane(), row.pane()));
    }
    WindowCheck window =
        byStart
            .computeIfAbsent(start, key -> new HashMap<>())
            .computeIfAbsent(of, key -> new WindowCheck(false));
    if (window.addRow(row, what -> differs(start, of, what))) {
      repeats++;
    }
  }

  /** A run read a reading, not late, of the window that starts there. */
  void readBy(long start, Reading reading) {
    Series of = reading.series();
    if (of != null && holds(of) && !windows.isOpen(start, reading.run())) {
      WindowCheck window = find(start, of);
      if (window != null) {
        window.readBy(reading.run());
      }
    }
  }

  /** Adds a reading to its series in the window that starts there. */
  void addReading(long start, Reading reading) {
    Series of = reading.series();
    if (of != null && holds(of)) {
      WindowCheck window = find(start, of);
      if (window != null) {
        window.addReading(reading);
      } else {
        dropped++;
      }
    }
  }

  /** The series in the window; null if it has no row and there is no room for it. */
  private @Nullable WindowCheck find(long start, Series of) {
    Map<Series, WindowCheck> bySeries = byStart.computeIfAbsent(start, key -> new HashMap<>());
    WindowCheck window = bySeries.get(of);
    if (window == null && withoutRow < parts.spareWindows()) {
      withoutRow++;
      window = new WindowCheck(false);
      bySeries.put(of, window);
    }
    return window;
  }

  /** Compares the current part, and begins the next one. */
  void comparePart(int newestRun) {
    Set<Series> found = new HashSet<>();
    for (var entry : new TreeMap<>(byStart).entrySet()) {
      long start = entry.getKey();
      boolean isOpen = windows.isOpen(start);
      entry
          .getValue()
          .forEach(
              (of, window) -> {
                addTotals(start, of, window);
                if (!isOpen) {
                  found.add(of);
                  compare(start, of, window, newestRun);
                }
              });
    }
    if (dropped > 0) {
      differences.accept(
          "expected rows of more series, with counts of " + dropped + " in all, found none");
    }
    series += found.size();
    byStart.clear();
    withoutRow = 0;
    dropped = 0;
    part++;
  }

  private void compare(long start, Series of, WindowCheck window, int newestRun) {
    compared++;
    maxMeanDifference = Math.max(maxMeanDifference, window.meanDifference());
    String difference = window.difference();
    if (difference != null) {
      differs(start, of, difference);
    }
    if (window.reported() != null) {
      windows.checkRuns(start, window, newestRun, what -> differs(start, of, what));
    }
  }

  private void addTotals(long start, Series of, WindowCheck window) {
    WindowRows.Row before = null;
    for (WindowRows.Row row : window.rows().oldestFirst()) {
      boolean isFirst = before == null || before.run() != row.run();
      long countBefore = isFirst || before == null ? 0 : before.count();
      totals(start)
          .add(new RowVersion(row.run(), row.revision()), row.count() - countBefore, isFirst);
      if (row.pane() == Pane.LATE && row.count() == countBefore) {
        differs(
            start,
            of,
            "run %d, revision %d: expected no LATE row, for it has no reading more than the row before"
                .formatted(row.run(), row.revision()));
      }
      before = row;
    }
  }

  /**
   * Compares what the rows of all series add up to with the rows of all readings, after the last
   * part.
   *
   * @return of all series, how many windows, series and so on there were
   */
  Balance.Windows compareTotals(int newestRun) {
    for (var entry : new TreeMap<>(totals).entrySet()) {
      long start = entry.getKey();
      if (!windows.isOpen(start)) {
        entry
            .getValue()
            .check(
                version -> windows.row(start, version),
                run -> windows.hasClosed(start, run, newestRun),
                what ->
                    differences.accept("window %s: %s".formatted(EventTime.format(start), what)));
      }
    }
    return new Balance.Windows(0, compared, series, repeats, maxMeanDifference);
  }

  private SeriesTotals totals(long start) {
    return totals.computeIfAbsent(start, key -> new SeriesTotals());
  }

  private void differs(long start, Series of, String what) {
    differences.accept("window %s of %s: %s".formatted(EventTime.format(start), of, what));
  }
}
