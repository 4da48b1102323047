package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Pane;
import coarsen.records.Reading;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All windows that have a row of all readings or should have one, by their start. */
final class WindowChecks {
  private final boolean complete;
  private final Consumer<String> differences;
  private final Map<Long, WindowCheck> byStart = new HashMap<>();

  /** By run, the greatest end of a window that the run has closed. */
  private final Map<Integer, Long> closedUntil = new HashMap<>();

  private long closedByAnyUntil = Long.MIN_VALUE;
  private long lengthMicros;
  private boolean empty = true;
  private long repeats;

  /** The window and run of the last reading, since most are followed by one of the same. */
  private long lastStart = Long.MIN_VALUE;

  private int lastRun = -1;

  /**
   * @param complete whether the input has ended, so that no window is open
   * @param lengthMicros that every window must have; 0 if the first row says
   */
  WindowChecks(boolean complete, long lengthMicros, Consumer<String> differences) {
    this.complete = complete;
    this.lengthMicros = lengthMicros;
    this.differences = differences;
  }

  /** Adds a row. */
  void addRow(WindowSummary row) {
    if (checkWindow(row)
        && at(row.startMicros()).addRow(row, what -> differs(row.startMicros(), what))) {
      repeats++;
    }
  }

  /**
   * Checks which window a row is of, and takes from it which windows have been closed.
   *
   * @return whether it is a window that a row may be of
   */
  boolean checkWindow(WindowSummary row) {
    if (lengthMicros == 0) {
      lengthMicros = row.window().lengthMicros();
    }
    empty = false;
    if (!isWindow(row)) {
      differences.accept(
          "window %s: expected %d µs from a multiple of that, found %d µs"
              .formatted(row.key(), lengthMicros, row.window().lengthMicros()));
      return false;
    }
    if (row.pane() != Pane.EARLY) {
      // The row of all readings is the last of its window; other rows show that earlier ones were.
      long until = row.series() == null ? row.endMicros() : row.startMicros();
      closedUntil.merge(row.run(), until, Math::max);
      closedByAnyUntil = Math.max(closedByAnyUntil, until);
    }
    return true;
  }

  /** Whether a row's window has the right length and place. */
  boolean isWindow(WindowSummary row) {
    long length = row.window().lengthMicros();
    return length == lengthMicros
        && EventTime.windowStart(row.startMicros(), length) == row.startMicros();
  }

  /** A run read a reading, not late, of the window that starts there. */
  void readBy(long start, int run) {
    if (start != lastStart || run != lastRun) {
      lastStart = start;
      lastRun = run;
      at(start).readBy(run);
    }
  }

  /** Adds a reading to the window that starts there. */
  void addReading(long start, Reading reading) {
    at(start).addReading(reading);
  }

  /** Whether there is no row. */
  boolean isEmpty() {
    return empty;
  }

  /** Length of the windows; the default if neither a row nor an option says. */
  long lengthMicros() {
    return lengthMicros == 0 ? Rules.DEFAULT_WINDOW_MICROS : lengthMicros;
  }

  /** The start of the window that an event time falls into. */
  long start(long tsMicros) {
    return EventTime.windowStart(tsMicros, lengthMicros());
  }

  /** What the newest row of the window reports; null if it has none. */
  @Nullable ReportedWindow reported(long start) {
    WindowCheck window = byStart.get(start);
    return window == null ? null : window.reported();
  }

  /** The window's row of this version; null if there is none. */
  WindowRows.@Nullable Row row(long start, RowVersion version) {
    WindowCheck window = byStart.get(start);
    return window == null ? null : window.rows().find(version);
  }

  /**
   * Whether the row that will hold a reading may still be missing.
   *
   * @param run of the reading's raw row
   */
  boolean isOpen(long start, int run) {
    if (empty) {
      return true;
    }
    if (complete) {
      return false;
    }
    ReportedWindow reported = reported(start);
    long end = start + lengthMicros();
    if (reported == null) {
      return end > closedByAnyUntil;
    }
    // A run that was restarted writes the window again; until then the row is an older run's.
    return (run > reported.run() || reported.pane() == Pane.EARLY)
        && end > closedUntil.getOrDefault(Math.max(run, reported.run()), Long.MIN_VALUE);
  }

  /** Whether the window's newest row may still be missing. */
  boolean isOpen(long start) {
    ReportedWindow reported = reported(start);
    return isOpen(start, reported == null ? 0 : reported.run());
  }

  /**
   * Whether a run has written a row of the window, if it read something in it.
   *
   * @param newestRun which has read to the end if the input has ended
   */
  boolean hasClosed(long start, int run, int newestRun) {
    return (complete && run == newestRun)
        || start + lengthMicros() <= closedUntil.getOrDefault(run, Long.MIN_VALUE);
  }

  /**
   * Compares every window that is not open, the earliest first.
   *
   * @param newestRun which has read to the end if the input has ended
   */
  Balance.Windows compare(ClockBounds clock, int newestRun) {
    long windows = 0;
    double maxMeanDifference = 0;
    for (var entry : new TreeMap<>(byStart).entrySet()) {
      long start = entry.getKey();
      WindowCheck window = entry.getValue();
      ReportedWindow reported = window.reported();
      window.rows().check(what -> differs(start, what));
      if (isOpen(start)) {
        continue;
      }
      windows++;
      maxMeanDifference = Math.max(maxMeanDifference, window.meanDifference());
      String difference = window.difference();
      if (difference != null) {
        differs(start, difference);
      }
      if (reported != null) {
        checkProvenance(start, window, reported, clock);
        checkRuns(start, window, newestRun, what -> differs(start, what));
      }
    }
    return new Balance.Windows(windows, 0, 0, repeats, maxMeanDifference);
  }

  private void checkProvenance(
      long start, WindowCheck window, ReportedWindow reported, ClockBounds clock) {
    if (reported.pane() == Pane.EARLY) {
      differs(start, "expected an ON_TIME row, for the window has ended, found EARLY");
    }
    reported
        .replayFrom()
        .forEach(
            (partition, from) -> {
              long first = clock.first(partition, reported.run(), start);
              if (first == Long.MAX_VALUE) {
                differs(start, "expected no replay_from of partition " + partition);
              } else if (from > first || from < 0) {
                differs(
                    start,
                    "expected replay_from %d:%d at most, found %d"
                        .formatted(partition, first, from));
              }
            });
    if (window.rows().runsThatBeganLate().contains(reported.run())) {
      reported
          .offsets()
          .forEachFirst(
              (partition, first) -> {
                if (!clock.canHaveEnded(partition, first, start)) {
                  differs(start, "expected an ON_TIME row before the LATE one, found none");
                }
              });
    }
  }

  /** A run that has closed a window has a row of it if it read something in it, and only then. */
  void checkRuns(long start, WindowCheck window, int newestRun, Consumer<String> to) {
    BitSet wrote = window.rows().runs();
    BitSet read = window.runsThatReadIt();
    read.stream()
        .filter(run -> !wrote.get(run))
        .filter(run -> hasClosed(start, run, newestRun))
        .forEach(run -> to.accept("expected a row of run " + run + ", which read it, found none"));
    if (!read.isEmpty()) {
      wrote.andNot(read);
      wrote.stream()
          .forEach(run -> to.accept("expected no row of run " + run + ", which did not read it"));
    }
  }

  private void differs(long start, String what) {
    differences.accept("window " + EventTime.format(start) + ": " + what);
  }

  private WindowCheck at(long start) {
    return byStart.computeIfAbsent(start, key -> new WindowCheck(true));
  }
}
