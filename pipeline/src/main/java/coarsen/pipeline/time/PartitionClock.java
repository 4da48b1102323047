package coarsen.pipeline.time;

import java.util.OptionalLong;

/**
 * The event time of one partition: how far its watermark is, and which readings are late. It never
 * goes back, never passes now − maxOutOfOrder, and never throws. Times are microseconds since 1970.
 *
 * <p>While readings flow, the watermark is the greatest event time so far − maxOutOfOrder, where a
 * reading counts at most its record's Kafka timestamp. So a replay of the same records reaches the
 * same conclusions. While the partition is idle, event time continues at the speed of the wall
 * clock: the last window closes although nothing comes, and the slow replay of an old recording
 * does not jump to today.
 *
 * <h2>How it is driven</h2>
 *
 * <ol>
 *   <li>{@link #restored}: a reader was made; the engine says which watermark its checkpoint had.
 *   <li>{@link #positioned}: its consumer says at which offset it begins.
 *   <li>{@link #polled}: after each poll, how far records were delivered to the reader, and the
 *       lag.
 *   <li>{@link #judge}: before a batch is parsed; the {@link Judge} takes its readings one by one.
 *   <li>{@link #readTo}: after the batch, what the judge saw becomes the clock's state.
 *   <li>{@link #advance}: the engine asks for the watermark, at any time.
 * </ol>
 *
 * Steps 1 and 2 happen for each reader, of which the direct runner makes a new one every few
 * seconds; 3 to 6 happen over and over. Three threads meet here: the one that polls Kafka (2, 3),
 * the one that reads (1, 4, 5, 6), and readers of other partitions that ask how far this one is.
 * The package has an example in numbers.
 */
public final class PartitionClock {
  /** Before any event time; far from overflow when durations are subtracted. */
  public static final long NEVER = -(1L << 62);

  /** After all readings: the partition was read to the end that was asked for. */
  public static final long FINISHED = 1L << 62;

  private final WindowAssigner windows;
  private final long maxOutOfOrder;
  private final long allowedLateness;
  private final long maxFutureSkew;
  private OptionalLong endOffset;

  private long maxEventTime = NEVER;
  private long maxCappedEventTime = NEVER;
  private long watermark = NEVER;
  private boolean hasReadings;
  private boolean readSinceAdvance;
  private long advancedAt = NEVER;

  private long nextOffset;
  private long restoredWatermark = NEVER;
  private long deliveredTo;
  private long position;
  private OptionalLong lag = OptionalLong.empty();

  PartitionClock(EventTimeRules rules, long startOffset, OptionalLong endOffset) {
    windows = rules.windows();
    maxOutOfOrder = EventTimeRules.micros(rules.maxOutOfOrder());
    allowedLateness = EventTimeRules.micros(rules.allowedLateness());
    maxFutureSkew = EventTimeRules.micros(rules.maxFutureSkew());
    this.endOffset = endOffset;
    nextOffset = startOffset;
    deliveredTo = startOffset;
    position = startOffset;
  }

  /** A reader was made, with the watermark of an engine's checkpoint or {@link #NEVER}. */
  public synchronized void restored(long checkpointedWatermark) {
    restoredWatermark = checkpointedWatermark;
  }

  /**
   * The reader begins at an offset. Where that does not follow what this clock has seen, as when an
   * engine restored the reader in another JVM, the greatest event time so far is not known: an
   * upper bound stands in for it, and the watermark falls back to the restored one, because
   * readings that are read again must not look late.
   */
  public synchronized void positioned(long offset) {
    deliveredTo = offset;
    position = offset;
    lag = OptionalLong.empty();
    if (offset == nextOffset) {
      return;
    }
    nextOffset = offset;
    watermark = restoredWatermark;
    maxCappedEventTime = NEVER;
    hasReadings = restoredWatermark != NEVER;
    maxEventTime = hasReadings ? restoredWatermark + maxOutOfOrder + maxFutureSkew : FINISHED;
    advancedAt = NEVER;
  }

  /** The partition was found to end before the offset to stop at. */
  public synchronized void lowerEnd(long offset) {
    endOffset = OptionalLong.of(offset);
  }

  /**
   * Kafka was polled.
   *
   * @param newDeliveredTo the offset after the last record that was delivered to the reader
   * @param newPosition the consumer's position, beyond control records and compacted records
   * @param newLag records known to wait in the broker, the backlog, if it is known
   */
  public synchronized void polled(long newDeliveredTo, long newPosition, OptionalLong newLag) {
    deliveredTo = newDeliveredTo;
    position = newPosition;
    lag = newLag;
  }

  /**
   * Judges the readings of one batch, in offset order, none from the future, without a lock for
   * each. The watermark can't move meanwhile: a partition with a batch that was delivered and not
   * yet read is not idle.
   */
  public final class Judge {
    private final long watermarkBefore;
    private final long maxEventTimeBefore;
    private long maxEventTimeSoFar;
    private long maxCappedSoFar;
    private boolean any;

    private Judge() {
      watermarkBefore = watermark;
      maxEventTimeBefore = maxEventTime;
      maxEventTimeSoFar = maxEventTime;
      maxCappedSoFar = maxCappedEventTime;
    }

    /**
     * The greatest event time before the batch, or an upper bound of it where it is not known;
     * {@link #NEVER} where there was no reading.
     */
    public long maxEventTimeBefore() {
      return maxEventTimeBefore;
    }

    /**
     * Takes the next reading.
     *
     * @return whether it is late: its window's last millisecond + allowedLateness is before this
     *     clock as it was just before the reading
     */
    public boolean isLate(long eventTime, long kafkaTime) {
      long clock = Math.max(watermarkBefore, maxCappedSoFar - maxOutOfOrder);
      any = true;
      maxEventTimeSoFar = Math.max(maxEventTimeSoFar, eventTime);
      maxCappedSoFar = Math.max(maxCappedSoFar, Math.min(eventTime, kafkaTime));
      // A reading is at most a millisecond after that, so that most readings need no division.
      return eventTime - 1_000 + allowedLateness < clock
          && windows.lastMillisecondOf(eventTime) + allowedLateness < clock;
    }
  }

  /** Begins to judge a batch. */
  public synchronized Judge judge() {
    return new Judge();
  }

  /** The reader has read all records before an offset, and the judge has judged them. */
  public synchronized void readTo(long offset, Judge judge) {
    nextOffset = offset;
    readSinceAdvance = true;
    if (judge.any) {
      hasReadings = true;
      maxEventTime = judge.maxEventTimeSoFar;
      maxCappedEventTime = judge.maxCappedSoFar;
    }
  }

  /**
   * Moves the watermark on and returns it.
   *
   * @param now the wall clock
   * @param others the least watermark of the partitions that have readings, {@link #NEVER} if there
   *     are none; a partition that never had a record follows them
   */
  synchronized long advance(long now, long others) {
    long elapsed = advancedAt == NEVER ? 0 : Math.max(0, now - advancedAt);
    advancedAt = now;
    boolean idle = !readSinceAdvance && isCaughtUp() && lag.orElse(-1) == 0;
    readSinceAdvance = false;
    if (isFinished()) {
      watermark = FINISHED;
    } else if (hasReadings) {
      long reached = maxCappedEventTime - maxOutOfOrder;
      if (idle) {
        reached = Math.max(reached, watermark + elapsed);
      }
      watermark = Math.max(watermark, Math.min(reached, now - maxOutOfOrder));
    } else if (idle) {
      watermark = Math.max(watermark, others);
    }
    return watermark;
  }

  /** Where the watermark is; {@link #FINISHED} where the partition was read to its end. */
  synchronized long watermark() {
    return watermark;
  }

  /** Whether the partition has had a reading in this run. */
  synchronized boolean hasReadings() {
    return hasReadings;
  }

  private boolean isFinished() {
    return endOffset.isPresent() && isCaughtUp() && position >= endOffset.getAsLong();
  }

  /** Whether all records that were delivered have been read. */
  synchronized boolean isCaughtUp() {
    return nextOffset >= deliveredTo;
  }
}
