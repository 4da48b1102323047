package coarsen.viewer.verify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules of event time that the run followed. Rows do not hold them, so they are given; {@link
 * #DEFAULT} has the run's defaults. Whole milliseconds count.
 *
 * @param window length of a window; null to take that of the rows
 * @param maxOutOfOrder how far the watermark stayed behind the greatest event time
 * @param allowedLateness how long after its end a window could be corrected
 * @param maxFutureSkew how far a reading may be ahead of its message's Kafka timestamp; null for
 *     any distance
 */
public record Rules(
    @Nullable Duration window,
    Duration maxOutOfOrder,
    Duration allowedLateness,
    @Nullable Duration maxFutureSkew) {
  static final long DEFAULT_WINDOW_MICROS = 5_000_000;

  /** Longer than event times can be apart, and far from overflow. */
  static final long ANY_SKEW = 1L << 60;

  /** The defaults of a run; the window is that of the rows. */
  public static final Rules DEFAULT =
      new Rules(null, Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofMinutes(1));

  /** The length that every window must have; 0 if the rows say. */
  long windowMicros() {
    return window == null ? 0 : micros(window);
  }

  long maxOutOfOrderMicros() {
    return micros(maxOutOfOrder);
  }

  long allowedLatenessMicros() {
    return micros(allowedLateness);
  }

  /** {@link #ANY_SKEW} where there is no limit. */
  long maxFutureSkewMicros() {
    return maxFutureSkew == null ? ANY_SKEW : micros(maxFutureSkew);
  }

  /** Whether a run with its defaults would have the same rules, apart from the window. */
  boolean areDefaults() {
    return maxOutOfOrder.equals(DEFAULT.maxOutOfOrder)
        && allowedLateness.equals(DEFAULT.allowedLateness);
  }

  private static long micros(Duration duration) {
    return Math.multiplyExact(duration.toMillis(), 1_000L);
  }
}
