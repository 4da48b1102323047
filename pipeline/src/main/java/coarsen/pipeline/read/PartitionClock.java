package coarsen.pipeline.read;

import coarsen.records.EventTime;
import java.util.OptionalLong;

/**
 * The event time of one partition: how far its watermark is, and which readings are late. It never
 * goes back, never passes now − maxOutOfOrder, and never throws. Times are microseconds since 1970.
 *
 * <p>While readings flow, the watermark is the greatest event time seen − maxOutOfOrder, where a
 * reading counts at most its record's Kafka timestamp, so that a replay of the same records comes
 * to the same conclusions. While the partition is idle, event time goes on at the speed of the wall
 * clock: the last window closes although nothing comes, and the slow replay of an old recording
 * does not jump to today.
 *
 * <p>Three threads meet here: the one that polls Kafka, the one that reads, and readers of other
 * partitions that ask how far this one is.
 */
final class PartitionClock {
  /** Before any event time there is; far from overflow when durations are taken off. */
  static final long NEVER = -(1L << 62);

  /** After all readings: the partition was read to the end that was asked for. */
  static final long FINISHED = 1L << 62;

  private final long windowMicros;
  private final long maxOutOfOrder;
  private final long allowedLateness;
  private final long maxFutureSkew;
  private final OptionalLong endOffset;

  private long greatest = NEVER;
  private long greatestCapped = NEVER;
  private long watermark = NEVER;
  private boolean used;
  private boolean readSinceAsked;
  private long askedAt = NEVER;

  private long nextOffset;
  private long restoredWatermark = NEVER;
  private long handedOn;
  private long position;
  private OptionalLong lag = OptionalLong.empty();

  PartitionClock(EventTimeRules rules, long startOffset, OptionalLong endOffset) {
    windowMicros = rules.windowMicros();
    maxOutOfOrder = EventTimeRules.micros(rules.maxOutOfOrder());
    allowedLateness = EventTimeRules.micros(rules.allowedLateness());
    maxFutureSkew = EventTimeRules.micros(rules.maxFutureSkew());
    this.endOffset = endOffset;
    nextOffset = startOffset;
    handedOn = startOffset;
    position = startOffset;
  }

  /** A reader was made, with the watermark of an engine's checkpoint or {@link #NEVER}. */
  synchronized void restored(long checkpointedWatermark) {
    restoredWatermark = checkpointedWatermark;
  }

  /**
   * The reader begins at an offset. Where that does not follow what this clock has seen, as when an
   * engine restored the reader in another JVM, the greatest event time so far is not known: an
   * upper bound is taken for it, and the watermark falls back to the restored one, for readings
   * that are read again must not look late.
   */
  synchronized void positioned(long offset) {
    handedOn = offset;
    position = offset;
    lag = OptionalLong.empty();
    if (offset == nextOffset) {
      return;
    }
    nextOffset = offset;
    watermark = restoredWatermark;
    greatestCapped = NEVER;
    used = restoredWatermark != NEVER;
    greatest = used ? restoredWatermark + maxOutOfOrder + maxFutureSkew : FINISHED;
    askedAt = NEVER;
  }

  /**
   * Kafka was polled.
   *
   * @param handedOnTo the offset after the last record that was handed on to the reader
   * @param newPosition the consumer's position, beyond markers and compacted records
   * @param newLag records known to wait in the broker, if that is known
   */
  synchronized void polled(long handedOnTo, long newPosition, OptionalLong newLag) {
    handedOn = handedOnTo;
    position = newPosition;
    lag = newLag;
  }

  /** The reader has read all records before an offset. */
  synchronized void readTo(long offset) {
    nextOffset = offset;
    readSinceAsked = true;
  }

  /**
   * Takes the next reading in offset order; none from the future.
   *
   * @return whether it is late: its window's last millisecond + allowedLateness is before this
   *     clock as it stood just before the reading
   */
  synchronized boolean judge(long eventTime, long kafkaTime) {
    long before = Math.max(watermark, greatestCapped - maxOutOfOrder);
    used = true;
    greatest = Math.max(greatest, eventTime);
    greatestCapped = Math.max(greatestCapped, Math.min(eventTime, kafkaTime));
    long lastMillisecond = EventTime.windowStart(eventTime, windowMicros) + windowMicros - 1_000;
    return lastMillisecond + allowedLateness < before;
  }

  /** The greatest event time so far, or an upper bound of it; NEVER where there was none. */
  synchronized long greatest() {
    return greatest;
  }

  /**
   * Moves the watermark on and returns it.
   *
   * @param now the wall clock
   * @param others the least watermark of the partitions in use, {@link #NEVER} if there is none; a
   *     partition that never had a record follows them
   */
  synchronized long advance(long now, long others) {
    long elapsed = askedAt == NEVER ? 0 : Math.max(0, now - askedAt);
    askedAt = now;
    boolean idle = !readSinceAsked && isCaughtUp() && lag.orElse(-1) == 0;
    readSinceAsked = false;
    if (isFinished()) {
      watermark = FINISHED;
    } else if (used) {
      long reached = greatestCapped - maxOutOfOrder;
      if (idle) {
        reached = Math.max(reached, watermark + elapsed);
      }
      watermark = Math.max(watermark, Math.min(reached, now - maxOutOfOrder));
    } else if (idle) {
      watermark = Math.max(watermark, others);
    }
    return watermark;
  }

  /** Where the watermark is; FINISHED where the partition was read to its end. */
  synchronized long watermark() {
    return watermark;
  }

  /** Whether the partition has had a reading in this run. */
  synchronized boolean isUsed() {
    return used;
  }

  private boolean isFinished() {
    return endOffset.isPresent() && isCaughtUp() && position >= endOffset.getAsLong();
  }

  private boolean isCaughtUp() {
    return nextOffset >= handedOn;
  }
}
