package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Pane;
import coarsen.records.WindowSummary;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All windows that have a row or should have one, by their start. */
final class WindowChecks {
  private final boolean complete;
  private final Differences differences;
  private final Map<Long, WindowCheck> byStart = new HashMap<>();

  /** By run, the greatest end of a window that the run has closed. */
  private final Map<Integer, Long> closedUntil = new HashMap<>();

  private long closedByAnyUntil = Long.MIN_VALUE;
  private long lengthMicros;

  /**
   * @param complete whether the input has ended, so that no window is open
   */
  WindowChecks(boolean complete, Differences differences) {
    this.complete = complete;
    this.differences = differences;
  }

  /** Takes a row; the first one tells how long windows are. */
  void tell(WindowSummary row) {
    long length = row.window().lengthMicros();
    if (lengthMicros == 0) {
      lengthMicros = length;
    }
    if (length != lengthMicros
        || EventTime.windowStart(row.startMicros(), length) != row.startMicros()) {
      differences.add(
          "window %s: expected %d µs from a multiple of that, found %d µs"
              .formatted(row.key(), lengthMicros, length));
      return;
    }
    byStart
        .computeIfAbsent(row.startMicros(), start -> new WindowCheck())
        .tell(ReportedWindow.of(row));
    if (row.pane() != Pane.EARLY) {
      closedUntil.merge(row.run(), row.endMicros(), Math::max);
      closedByAnyUntil = Math.max(closedByAnyUntil, row.endMicros());
    }
  }

  /** Whether no row came, so that nothing tells how long windows are. */
  boolean isEmpty() {
    return lengthMicros == 0;
  }

  /** The start of the window that an event time falls into. */
  long start(long tsMicros) {
    return isEmpty() ? tsMicros : EventTime.windowStart(tsMicros, lengthMicros);
  }

  @Nullable ReportedWindow told(long start) {
    WindowCheck window = byStart.get(start);
    return window == null ? null : window.told();
  }

  /** The window to add a reading to. */
  WindowCheck at(long start) {
    return byStart.computeIfAbsent(start, key -> new WindowCheck());
  }

  /**
   * Whether a reading's window may still wait for the row that holds it.
   *
   * @param run of the raw row that tells of the reading
   */
  boolean isOpen(long start, int run) {
    if (isEmpty()) {
      return true;
    }
    if (complete) {
      return false;
    }
    ReportedWindow told = told(start);
    long end = start + lengthMicros;
    if (told == null) {
      return end > closedByAnyUntil;
    }
    // A run that began anew writes the window again; until then the row is an older run's.
    return (run > told.run() || told.early())
        && end > closedUntil.getOrDefault(Math.max(run, told.run()), Long.MIN_VALUE);
  }

  /** Compares every window that is not open, the earliest first. */
  Compared compare() {
    long windows = 0;
    double greatest = 0;
    for (var entry : new TreeMap<>(byStart).entrySet()) {
      long start = entry.getKey();
      WindowCheck window = entry.getValue();
      ReportedWindow told = window.told();
      if (told != null && isOpen(start, told.run())) {
        continue;
      }
      windows++;
      greatest = Math.max(greatest, window.meanDifference());
      String difference = window.difference();
      if (difference != null) {
        differences.add("window " + EventTime.format(start) + ": " + difference);
      }
    }
    return new Compared(windows, greatest);
  }

  /**
   * What a comparison came to.
   *
   * @param windows how many were compared
   * @param greatestMeanDifference between a row's mean and the right one
   */
  record Compared(long windows, double greatestMeanDifference) {}
}
