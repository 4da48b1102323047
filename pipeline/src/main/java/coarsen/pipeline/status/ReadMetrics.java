package coarsen.pipeline.status;

/** Counts, as {@link RunMetrics}, what only the reader of messages sees. */
public final class ReadMetrics {
  private ReadMetrics() {}

  /** Messages whose Kafka timestamp cannot be true. */
  public static void implausibleTimestamps(long n) {
    RunMetrics.IMPLAUSIBLE_TIMESTAMPS.add(n);
  }
}
