package coarsen.testbed;

/**
 * When messages are due. Message i is due {@code i / perSecond} seconds after the first; whoever
 * falls behind catches up.
 *
 * @param perSecond more than 0; infinite: all are due at once
 */
record Pace(double perSecond) {
  // Shorter sleeps cost more than the messages between them.
  private static final double BURST_NANOS = 5e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** How many messages are due by now, the first included. */
  long due(long elapsedNanos) {
    return Double.isInfinite(perSecond)
        ? Long.MAX_VALUE
        : (long) (elapsedNanos / NANOS_PER_SECOND * perSecond) + 1;
  }

  /**
   * How long to sleep before message {@code index}, which is not due yet: until it is, or until a
   * burst of 5 ms is together where messages follow each other more closely.
   */
  long sleepNanos(long index, long elapsedNanos) {
    double gap = NANOS_PER_SECOND / perSecond;
    double untilDue = index * gap - elapsedNanos;
    return (long) Math.ceil(Math.max(untilDue, gap < BURST_NANOS ? BURST_NANOS : 1));
  }
}
