package coarsen.pipeline.status;

/** Counts, as {@link RunMetrics}, what only the reader of messages sees. */
public final class ReadMetrics {
  private ReadMetrics() {}

  /** Messages whose Kafka timestamp cannot be true. */
  public static void implausibleTimestamps(long n) {
    RunMetrics.IMPLAUSIBLE_TIMESTAMPS.add(n);
  }

  /**
   * Fields that are not readings and not rejects, since they hold text or booleans, or were not
   * chosen.
   */
  public static void fieldsNotRead(long notNumbers, long notChosen) {
    if (notNumbers > 0) {
      RunMetrics.NOT_NUMBERS.add(notNumbers);
    }
    if (notChosen > 0) {
      RunMetrics.NOT_CHOSEN.add(notChosen);
    }
  }

  /** Readings of 1970 that fit their Kafka timestamps in a longer unit. */
  public static void shortUnit(long n) {
    RunMetrics.SHORT_UNIT.add(n);
  }
}
