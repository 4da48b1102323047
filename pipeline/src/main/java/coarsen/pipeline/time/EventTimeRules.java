package coarsen.pipeline.time;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules of event time. Change {@link #DEFAULT} with the methods {@code with…}, which name what
 * they change.
 *
 * @param window length of the fixed windows
 * @param maxOutOfOrder how far the watermark stays behind the greatest event time so far
 * @param allowedLateness how long after its end, in event time, a window can still be corrected
 * @param maxFutureSkew how far ahead of its Kafka timestamp a reading's event time may be; null for
 *     any distance
 * @param idleTimeout how long a partition without new readings holds back the others
 */
public record EventTimeRules(
    Duration window,
    Duration maxOutOfOrder,
    Duration allowedLateness,
    @Nullable Duration maxFutureSkew,
    Duration idleTimeout)
    implements Serializable {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final long LONGEST_MILLIS = LONGEST.toMillis();

  /**
   * Windows of 5 s that wait 2 s for stragglers, and 30 s for a partition without new readings, and
   * can be corrected for 10 min; clocks may differ by 1 min.
   */
  public static final EventTimeRules DEFAULT =
      new EventTimeRules(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30));

  /** Checks the ranges: a window is at least 1 ms, nothing is longer than ten years. */
  public EventTimeRules {
    atMost("--window", window);
    atMost("--maxOutOfOrder", maxOutOfOrder);
    atMost("--allowedLateness", allowedLateness);
    if (maxFutureSkew != null) {
      atMost("--maxFutureSkew", maxFutureSkew);
    }
    atMost("--idleTimeout", idleTimeout);
    if (window.toMillis() < 1) {
      throw new IllegalArgumentException("--window is 0; the shortest window is 1ms");
    }
  }

  private static void atMost(String option, Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(option + " is over ten years (3650d)");
    }
  }

  /** The same rules with windows of another length. */
  public EventTimeRules withWindow(Duration length) {
    return new EventTimeRules(length, maxOutOfOrder, allowedLateness, maxFutureSkew, idleTimeout);
  }

  /** The same rules with another distance between the watermark and the greatest event time. */
  public EventTimeRules withMaxOutOfOrder(Duration distance) {
    return new EventTimeRules(window, distance, allowedLateness, maxFutureSkew, idleTimeout);
  }

  /** The same rules with another time for corrections. */
  public EventTimeRules withAllowedLateness(Duration lateness) {
    return new EventTimeRules(window, maxOutOfOrder, lateness, maxFutureSkew, idleTimeout);
  }

  /** The same rules with another limit for event times ahead of Kafka's; null for none. */
  public EventTimeRules withMaxFutureSkew(@Nullable Duration skew) {
    return new EventTimeRules(window, maxOutOfOrder, allowedLateness, skew, idleTimeout);
  }

  /** The same rules with another time for which an idle partition holds back the others. */
  public EventTimeRules withIdleTimeout(Duration timeout) {
    return new EventTimeRules(window, maxOutOfOrder, allowedLateness, maxFutureSkew, timeout);
  }

  /** Assigns event times to windows. */
  public WindowAssigner windows() {
    return WindowAssigner.of(window);
  }

  /**
   * Whether an event time is further ahead than allowed of its record's Kafka timestamp, or of now
   * if that is earlier. Times are microseconds since 1970.
   */
  public boolean isFromTheFuture(long eventTime, long kafkaTime, long now) {
    return eventTime > latestEventTime(kafkaTime, now);
  }

  /** The latest event time that is not from the future, by a record's Kafka timestamp and now. */
  public long latestEventTime(long kafkaTime, long now) {
    return maxFutureSkew == null
        ? Long.MAX_VALUE
        : Math.min(kafkaTime, now) + micros(maxFutureSkew);
  }

  /**
   * The event time that a reading counts for at most, by its record's Kafka timestamp. Without a
   * limit to the future it is now at most: else one producer whose clock is ahead, in both times,
   * would make all that follows late.
   */
  public long latestCountedTime(long kafkaTime, long now) {
    return maxFutureSkew == null ? Math.min(kafkaTime, now) : kafkaTime;
  }

  /**
   * Whether a Kafka timestamp can be true: after 1970 and within ten years of now. Producers also
   * send 0, seconds, or nanoseconds.
   *
   * @param kafkaMillis as the message has it; −1 where it has none
   * @param now microseconds since 1970
   */
  public static boolean isPlausible(long kafkaMillis, long now) {
    // Both are positive, so the difference does not overflow.
    return kafkaMillis > 0 && Math.abs(kafkaMillis - now / 1_000) <= LONGEST_MILLIS;
  }

  /** A duration in microseconds; what is finer than a millisecond is cut off. */
  public static long micros(Duration duration) {
    return Math.multiplyExact(duration.toMillis(), 1_000L);
  }
}
