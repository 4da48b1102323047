package coarsen.pipeline.time;

import coarsen.records.Series;

/**
 * Judges the readings of one batch, in offset order, none from the future, without a lock. Times
 * are microseconds since 1970.
 */
public final class Judge {
  private final WindowAssigner windows;
  private final long maxOutOfOrder;
  private final long allowedLateness;
  private final long watermark;
  private final long unseenMax;
  private final long seenMaxBefore;
  private final KnownSeries series;
  private long maxEventTime;
  private long maxCappedEventTime;
  private boolean any;

  /**
   * Judges by a clock as it is before the batch.
   *
   * @param unseenMax an upper bound of the event times that the clock has not seen
   * @param maxEventTime the greatest that it has seen
   */
  Judge(
      EventTimeRules rules,
      long watermark,
      long unseenMax,
      long maxEventTime,
      long maxCappedEventTime,
      KnownSeries series) {
    windows = rules.windows();
    maxOutOfOrder = EventTimeRules.micros(rules.maxOutOfOrder());
    allowedLateness = EventTimeRules.micros(rules.allowedLateness());
    this.watermark = watermark;
    this.unseenMax = unseenMax;
    seenMaxBefore = maxEventTime;
    this.maxEventTime = maxEventTime;
    this.maxCappedEventTime = maxCappedEventTime;
    this.series = series;
  }

  /**
   * The greatest event time before the batch, or an upper bound of it where it is not known; {@link
   * PartitionClock#NEVER} where there was no reading.
   */
  public long maxEventTimeBefore() {
    return Math.max(unseenMax, seenMaxBefore);
  }

  /**
   * The greatest event time before the batch that is known, from which disorder is counted; {@link
   * PartitionClock#NEVER} where none is.
   */
  public long seenMaxBefore() {
    return seenMaxBefore;
  }

  /**
   * Takes the next reading.
   *
   * @return whether it is late: its window's last millisecond + allowedLateness is before the clock
   *     as it was just before the reading
   */
  public boolean isLate(long eventTime, long kafkaTime) {
    long clock = Math.max(watermark, maxCappedEventTime - maxOutOfOrder);
    any = true;
    maxEventTime = Math.max(maxEventTime, eventTime);
    maxCappedEventTime = Math.max(maxCappedEventTime, Math.min(eventTime, kafkaTime));
    // A reading is at most a millisecond after that, so that most readings need no division.
    return eventTime - 1_000 + allowedLateness < clock
        && windows.lastMillisecondOf(eventTime) + allowedLateness < clock;
  }

  /**
   * Whether the partition has room for the series of the reading that was taken last.
   *
   * @param max how many it may have
   */
  public boolean knows(Series series, int max) {
    return this.series.accept(series, max, maxCappedEventTime);
  }

  /** Whether it has taken a reading. */
  public boolean any() {
    return any;
  }

  /** The greatest event time seen so far. */
  long maxEventTime() {
    return maxEventTime;
  }

  /** The greatest event time so far, where a reading counts at most its Kafka timestamp. */
  long maxCappedEventTime() {
    return maxCappedEventTime;
  }
}
