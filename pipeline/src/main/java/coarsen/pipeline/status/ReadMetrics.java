package coarsen.pipeline.status;

/** Counts, as {@link RunMetrics}, what only the reader of messages sees. */
public final class ReadMetrics {
  private ReadMetrics() {}

  /** Messages whose Kafka timestamp cannot be true. */
  public static void implausibleTimestamps(long n) {
    RunMetrics.IMPLAUSIBLE_TIMESTAMPS.add(n);
  }

  /** Readings of 1970 that fit their Kafka timestamps in a longer unit. */
  public static void shortUnit(long n) {
    RunMetrics.SHORT_UNIT.add(n);
  }
}
