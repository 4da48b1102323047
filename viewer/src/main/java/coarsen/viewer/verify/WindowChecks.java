package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Pane;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All windows that have a row or should have one, by their start. */
final class WindowChecks {
  private final boolean complete;
  private final Consumer<String> differences;
  private final Map<Long, WindowCheck> byStart = new HashMap<>();

  /** By run, the greatest end of a window that the run has closed. */
  private final Map<Integer, Long> closedUntil = new HashMap<>();

  private long closedByAnyUntil = Long.MIN_VALUE;
  private long lengthMicros;

  /**
   * @param complete whether the input has ended, so that no window is open
   */
  WindowChecks(boolean complete, Consumer<String> differences) {
    this.complete = complete;
    this.differences = differences;
  }

  /** Adds a row; the first one determines the length of windows. */
  void addRow(WindowSummary row) {
    long length = row.window().lengthMicros();
    if (lengthMicros == 0) {
      lengthMicros = length;
    }
    if (length != lengthMicros
        || EventTime.windowStart(row.startMicros(), length) != row.startMicros()) {
      differences.accept(
          "window %s: expected %d µs from a multiple of that, found %d µs"
              .formatted(row.key(), lengthMicros, length));
      return;
    }
    at(row.startMicros()).addRow(ReportedWindow.of(row));
    if (row.pane() != Pane.EARLY) {
      closedUntil.merge(row.run(), row.endMicros(), Math::max);
      closedByAnyUntil = Math.max(closedByAnyUntil, row.endMicros());
    }
  }

  /** Adds a reading to the window that starts there. */
  void addReading(long start, Reading reading) {
    at(start).addReading(reading);
  }

  /** Whether there is no row, so that the length of windows is unknown. */
  boolean isEmpty() {
    return lengthMicros == 0;
  }

  /** The start of the window that an event time falls into. */
  long start(long tsMicros) {
    return isEmpty() ? tsMicros : EventTime.windowStart(tsMicros, lengthMicros);
  }

  /** What the newest row of the window reports; null if it has none. */
  @Nullable ReportedWindow reported(long start) {
    WindowCheck window = byStart.get(start);
    return window == null ? null : window.reported();
  }

  /**
   * Whether the row that will hold a reading may still be missing.
   *
   * @param run of the reading's raw row
   */
  boolean isOpen(long start, int run) {
    if (isEmpty()) {
      return true;
    }
    if (complete) {
      return false;
    }
    ReportedWindow reported = reported(start);
    long end = start + lengthMicros;
    if (reported == null) {
      return end > closedByAnyUntil;
    }
    // A run that was restarted writes the window again; until then the row is an older run's.
    return (run > reported.run() || reported.early())
        && end > closedUntil.getOrDefault(Math.max(run, reported.run()), Long.MIN_VALUE);
  }

  /** Compares every window that is not open, the earliest first. */
  Balance.Windows compare() {
    long windows = 0;
    double maxMeanDifference = 0;
    for (var entry : new TreeMap<>(byStart).entrySet()) {
      long start = entry.getKey();
      WindowCheck window = entry.getValue();
      ReportedWindow reported = window.reported();
      if (reported != null && isOpen(start, reported.run())) {
        continue;
      }
      windows++;
      maxMeanDifference = Math.max(maxMeanDifference, window.meanDifference());
      String difference = window.difference();
      if (difference != null) {
        differences.accept("window " + EventTime.format(start) + ": " + difference);
      }
    }
    return new Balance.Windows(windows, maxMeanDifference);
  }

  private WindowCheck at(long start) {
    return byStart.computeIfAbsent(start, key -> new WindowCheck());
  }
}
