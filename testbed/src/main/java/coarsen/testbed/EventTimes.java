package coarsen.testbed;

import coarsen.records.EventTime;
import java.time.Instant;

/**
 * Event times that do not depend on when readings are generated: reading i has {@code start + i /
 * readingsPerSecond} seconds, truncated to the microsecond. With 1000 readings a second and a start
 * at the start of a window, each window of 5 s has exactly 5,000.
 *
 * @param start event time of the first reading
 * @param readingsPerSecond readings per second of event time, at least 1
 */
public record EventTimes(Instant start, int readingsPerSecond) {
  // Within the range of event times, with room for a long run and for readings moved back.
  private static final Instant EARLIEST = Instant.parse("0010-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");
  private static final long MICROS_PER_SECOND = 1_000_000;

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if the start is not in the years 10 to 8999, or the rate is
   *     less than 1
   */
  public EventTimes {
    if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "--start=" + start + " is out of range; use " + EARLIEST + " to " + LATEST);
    }
    if (readingsPerSecond < 1) {
      throw new IllegalArgumentException(
          "--eventRate=" + readingsPerSecond + " is too low; it takes 1 reading a second or more");
    }
  }

  /** Event time of reading {@code index}, the first being 0, in microseconds since 1970. */
  long micros(long index) {
    long seconds = index / readingsPerSecond;
    long rest = index % readingsPerSecond;
    return EventTime.ofInstant(start)
        + seconds * MICROS_PER_SECOND
        + rest * MICROS_PER_SECOND / readingsPerSecond;
  }
}
