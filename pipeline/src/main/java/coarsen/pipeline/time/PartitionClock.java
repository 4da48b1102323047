package coarsen.pipeline.time;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The event time of one partition: how far its watermark is, and which readings are late. It never
 * goes back, never passes now − maxOutOfOrder, and never throws. Times are microseconds since 1970.
 *
 * <p>While readings flow, the watermark is the greatest event time so far − maxOutOfOrder, where a
 * reading counts at most its record's Kafka timestamp. So a replay of the same records reaches the
 * same conclusions, unless the machine's own clock was wrong, or a Kafka timestamp cannot be true.
 *
 * <p>While the partition is idle, that is while it is known that nothing waits, event time
 * continues at the speed of a monotonic clock, to the end of the window of the greatest event time:
 * the last window closes, and nothing else becomes late by a pause or a replay that is slower than
 * real time. After {@code idleTimeout} it follows the others (see {@link PartitionClocks}).
 *
 * <h2>How it is driven</h2>
 *
 * <ol>
 *   <li>{@link #restored}: a reader was made; the engine says which watermark its checkpoint had.
 *   <li>{@link #positioned}: its consumer says at which offset it begins.
 *   <li>{@link #polled}: after each poll, how far records were delivered to the reader.
 *   <li>{@link #judge}: before a batch is parsed; the {@link Judge} takes its readings one by one.
 *   <li>{@link #readTo}: after the batch, what the judge saw becomes the clock's state.
 *   <li>{@link #answered}: the broker says, a few times a second, where the partition ends.
 *   <li>{@link #advance}: the engine asks for the watermark, at any time.
 * </ol>
 *
 * Steps 1 and 2 happen for each reader, of which the direct runner makes a new one every few
 * seconds; the others over and over. Threads meet here: the one that polls Kafka (2, 3), the one
 * that reads (1, 4, 5, 7), the one that asks for ends (6), and readers of other partitions. The
 * package has an example in numbers.
 */
public final class PartitionClock {
  /** Before any event time; far from overflow when durations are subtracted. */
  public static final long NEVER = -(1L << 62);

  /** After all readings: the partition was read to its end offset. */
  public static final long FINISHED = 1L << 62;

  private final EventTimeRules rules;
  private final WindowAssigner windows;
  private final long maxOutOfOrder;
  private final @Nullable Duration maxFutureSkew;
  private final long idleTimeout;
  private final ReadProgress progress;

  /** Of the readings that it has seen. */
  private long maxEventTime = NEVER;

  /** An upper bound of the event times of earlier readings that it has not seen. */
  private long unseenMax = NEVER;

  /** The same, where a reading counts at most its Kafka timestamp. */
  private long unseenCapped = NEVER;

  private long maxCappedEventTime = NEVER;
  private long watermark = NEVER;
  private KnownSeries series;
  private boolean hasReadings;
  private long restoredWatermark = NEVER;
  private boolean followsOthers;

  PartitionClock(
      EventTimeRules rules, long startOffset, OptionalLong endOffset, LongSupplier nanoTime) {
    this.rules = rules;
    windows = rules.windows();
    maxOutOfOrder = EventTimeRules.micros(rules.maxOutOfOrder());
    maxFutureSkew = rules.maxFutureSkew();
    idleTimeout = EventTimeRules.micros(rules.idleTimeout());
    series = new KnownSeries(rules);
    progress = new ReadProgress(startOffset, endOffset, nanoTime);
  }

  /** A reader was made, with the watermark of an engine's checkpoint or {@link #NEVER}. */
  public synchronized void restored(long checkpointedWatermark) {
    restoredWatermark = checkpointedWatermark;
  }

  /**
   * The reader begins at an offset. Where that does not follow what was read, as when an engine
   * restored the reader in another JVM, only an upper bound of earlier event times is known, and
   * the watermark falls back to the restored one: what is read again must not look late.
   */
  public synchronized void positioned(long offset) {
    if (progress.positioned(offset)) {
      return;
    }
    progress.beginAt(offset);
    series = new KnownSeries(rules);
    followsOthers = false;
    watermark = restoredWatermark;
    maxEventTime = NEVER;
    maxCappedEventTime = NEVER;
    hasReadings = restoredWatermark != NEVER;
    unseenCapped = hasReadings ? restoredWatermark + maxOutOfOrder : NEVER;
    unseenMax =
        hasReadings && maxFutureSkew != null
            ? unseenCapped + EventTimeRules.micros(maxFutureSkew)
            : FINISHED;
  }

  /** The partition was found to end before the offset to stop at. */
  public synchronized void lowerEnd(long offset) {
    progress.lowerEnd(offset);
  }

  /**
   * Kafka was polled: records before an offset were delivered to the reader, and the consumer's
   * position is there or behind control records and compacted ones.
   */
  public synchronized void polled(long deliveredTo, long position) {
    progress.polled(deliveredTo, position);
  }

  /**
   * Begins to judge a batch. The watermark can't move until it was read: a partition with a batch
   * that was delivered and not read is not idle.
   */
  public synchronized Judge judge() {
    return new Judge(rules, watermark, unseenMax, maxEventTime, maxCappedEventTime, series);
  }

  /** The reader has read all records before an offset, and the judge has judged them. */
  public synchronized void readTo(long offset, Judge judge) {
    progress.readTo(offset);
    if (judge.any()) {
      progress.readingsRead();
      followsOthers = false;
      hasReadings = true;
      maxEventTime = judge.maxEventTime();
      maxCappedEventTime = judge.maxCappedEventTime();
    }
  }

  /**
   * The broker answered a question, asked at a time of the monotonic clock: the partition ends
   * before this offset, with records that are committed or not.
   */
  public synchronized void answered(long end, long askedAt) {
    progress.answered(end, askedAt);
  }

  /**
   * Moves the watermark on and returns it.
   *
   * @param now the wall clock
   * @param others the watermark to follow if it may, {@link #NEVER} if there is none
   */
  synchronized long advance(long now, long others) {
    if (progress.isFinished()) {
      watermark = FINISHED;
    } else if (hasReadings) {
      long reached = maxCappedEventTime - maxOutOfOrder;
      // What was delivered may be before a judge, which must not be overtaken.
      if (progress.isCaughtUp()) {
        long led = Math.max(watermark, reached) + progress.takeLead();
        reached = Math.max(reached, Math.min(led, endOfLastWindow()));
      }
      if (hasTimedOut() && others > Math.max(watermark, reached)) {
        followsOthers = true;
        reached = others;
      }
      watermark = Math.max(watermark, Math.min(reached, now - maxOutOfOrder));
    } else if (progress.isIdle()) {
      watermark = Math.max(watermark, others);
    }
    return watermark;
  }

  // Without a bound that is an event time, the one for capped times must do.
  private long endOfLastWindow() {
    long unseen = unseenMax == FINISHED ? unseenCapped : unseenMax;
    return windows.startOf(Math.max(unseen, maxEventTime)) + windows.lengthMicros();
  }

  /** Where the watermark is; {@link #FINISHED} where the partition was read to its end. */
  synchronized long watermark() {
    return watermark;
  }

  /** Whether the partition has had a reading in this run. */
  synchronized boolean hasReadings() {
    return hasReadings;
  }

  /** Whether the partition follows others: it is empty, or was idle for long enough. */
  public synchronized boolean mayFollow() {
    return hasReadings ? hasTimedOut() : progress.isIdle();
  }

  /** The state, for the log. */
  synchronized ClockState state() {
    return new ClockState(
        watermark, hasReadings, followsOthers, progress.idleFor(), progress.backlog());
  }

  /** Whether all records that were delivered have been read. */
  synchronized boolean isCaughtUp() {
    return progress.isCaughtUp();
  }

  private boolean hasTimedOut() {
    return progress.isIdle() && progress.idleFor() >= idleTimeout;
  }
}
