package coarsen.records;

import java.util.Comparator;

/**
 * A window of event time, {@code [start, end)}. Ordered by end, then by start.
 *
 * @param startMicros first event time of the window, microseconds since 1970
 * @param endMicros exclusive end, after the start
 */
public record EventWindow(long startMicros, long endMicros) implements Comparable<EventWindow> {
  private static final Comparator<EventWindow> IN_TIME =
      Comparator.comparingLong(EventWindow::endMicros).thenComparingLong(EventWindow::startMicros);

  /** Checks that the window is not empty. */
  public EventWindow {
    if (endMicros <= startMicros) {
      throw new IllegalArgumentException(
          "not a window: from " + startMicros + " to " + endMicros + " µs");
    }
  }

  /** How long the window is, in microseconds. */
  public long lengthMicros() {
    return endMicros - startMicros;
  }

  /** The window as text, such as {@code 2021-01-23T12:12:55Z/2021-01-23T12:13:00Z}. */
  public String key() {
    return EventTime.format(startMicros) + "/" + EventTime.format(endMicros);
  }

  @Override
  public int compareTo(EventWindow other) {
    return IN_TIME.compare(this, other);
  }
}
