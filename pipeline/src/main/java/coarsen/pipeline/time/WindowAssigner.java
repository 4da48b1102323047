package coarsen.pipeline.time;

import coarsen.records.EventTime;
import java.io.Serializable;
import java.time.Duration;

/**
 * Assigns event times to fixed windows {@code [k · length, (k + 1) · length)}, counted from
 * 1970-01-01T00:00:00Z. Times are microseconds since then.
 *
 * @param lengthMicros more than 0, and whole milliseconds
 */
public record WindowAssigner(long lengthMicros) implements Serializable {
  /** Windows of a length, whose part below a millisecond is cut off. */
  public static WindowAssigner of(Duration length) {
    return new WindowAssigner(EventTimeRules.micros(length));
  }

  /** Where the window of an event time starts. */
  public long startOf(long eventTime) {
    return EventTime.windowStart(eventTime, lengthMicros);
  }

  /** Whether both bounds of the window of an event time can be written, in years 1 to 9999. */
  public boolean isWritable(long eventTime) {
    // Far from both ends, as nearly all are, it can be; that spares a division.
    if (eventTime >= EventTime.MIN_MICROS + lengthMicros
        && eventTime <= EventTime.MAX_MICROS - 2 * lengthMicros) {
      return true;
    }
    long start = startOf(eventTime);
    return start >= EventTime.MIN_MICROS && start <= EventTime.MAX_MICROS - lengthMicros;
  }

  /** The last millisecond in the window of an event time: Beam's idea of the window's end. */
  public long lastMillisecondOf(long eventTime) {
    return startOf(eventTime) + lengthMicros - 1_000;
  }

  /**
   * The time that an element must have for Beam to put it into the window of an event time. Beam's
   * FixedWindows takes Java's remainder, which is negative before 1970, and puts most times there
   * into the window that follows. It places the starts of windows correctly, so before 1970 those
   * stand in for the times in them.
   */
  public long elementTime(long eventTime) {
    return eventTime < 0 ? startOf(eventTime) : eventTime;
  }
}
