package coarsen.testbed;

/**
 * How many messages there are, and when each is due: message i, the first being 0, {@code i /
 * perSecond} seconds after the first. A generator that falls behind catches up.
 *
 * @param count messages in all, at least 1, or {@link #ENDLESS}
 * @param perSecond messages a second, more than 0, or {@link #UNTHROTTLED}
 */
public record Pace(long count, double perSecond) {
  /** A count that is never reached: the generator runs until it is closed. */
  public static final long ENDLESS = Long.MAX_VALUE;

  /** A rate that only the broker limits: all messages are due at once. */
  public static final double UNTHROTTLED = Double.POSITIVE_INFINITY;

  // Shorter sleeps cost more than the messages between them.
  private static final double BURST_NANOS = 5e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the option, its value and the range
   */
  public Pace {
    if (count < 1) {
      throw new IllegalArgumentException("--count=" + count + "; it takes 1 or more");
    }
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "--rate=" + perSecond + "; it takes more than 0 readings a second, or max");
    }
  }

  /** How many messages, whatever the count, are due after this time, including the first. */
  long due(long elapsedNanos) {
    return perSecond == UNTHROTTLED
        ? Long.MAX_VALUE
        : (long) (elapsedNanos / NANOS_PER_SECOND * perSecond) + 1;
  }

  /**
   * How long to sleep before message {@code index}, which is not due yet: until it is due, or, if
   * messages follow each other more closely than that, for a burst of 5 ms.
   */
  long sleepNanos(long index, long elapsedNanos) {
    double gap = NANOS_PER_SECOND / perSecond;
    double untilDue = index * gap - elapsedNanos;
    return (long) Math.ceil(Math.max(untilDue, gap < BURST_NANOS ? BURST_NANOS : 1));
  }
}
