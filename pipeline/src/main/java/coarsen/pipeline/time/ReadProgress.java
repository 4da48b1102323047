package coarsen.pipeline.time;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far a partition was read, whether it is idle, and for how long. Its clock guards it.
 *
 * <p>It is idle while it is known that nothing waits: the broker answered where the partition ends,
 * and everything before that end has been read. A consumer's lag would not do, because it keeps its
 * last value while the broker is away or the process is suspended.
 *
 * <p>An answer says what was true when the question was asked, so time counts up to the question
 * and no further. Where answers are more than a second apart, the broker or this process was away,
 * maybe the producers too, and only a second of the time between them counts.
 */
final class ReadProgress {
  /**
   * How much of the time between two answers of the broker counts, and for how long after a
   * question its answer is knowledge.
   */
  private static final long MAX_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private OptionalLong endOffset;
  private final LongSupplier nanoTime;
  private long nextOffset;
  private long deliveredTo;
  private long position;

  /** Records before the end that were not read when it was asked last; empty before any answer. */
  private OptionalLong backlog = OptionalLong.empty();

  private long askedAt;
  private long readAt;
  private long idleFor;
  private long lead;

  /**
   * @param endOffset to stop before
   * @param nanoTime a monotonic clock
   */
  ReadProgress(long startOffset, OptionalLong endOffset, LongSupplier nanoTime) {
    this.endOffset = endOffset;
    this.nanoTime = nanoTime;
    beginAt(startOffset);
  }

  /** A reader begins at an offset; returns whether that follows what was read. */
  boolean positioned(long offset) {
    deliveredTo = offset;
    position = offset;
    return offset == nextOffset;
  }

  /** Reading begins at an offset, and nothing of the partition is known. */
  final void beginAt(long offset) {
    nextOffset = offset;
    deliveredTo = offset;
    position = offset;
    backlog = OptionalLong.empty();
    readingsRead();
  }

  void lowerEnd(long offset) {
    endOffset = OptionalLong.of(offset);
  }

  void polled(long newDeliveredTo, long newPosition) {
    deliveredTo = newDeliveredTo;
    position = newPosition;
  }

  void readTo(long offset) {
    nextOffset = offset;
  }

  /** Ends an idle time. Messages that are not readings do not: they say nothing of event time. */
  void readingsRead() {
    readAt = nanoTime.getAsLong();
    idleFor = 0;
    lead = 0;
  }

  /** Counts the time until the question as idle if everything before the end has been read. */
  void answered(long end, long newAskedAt) {
    boolean nothingWaits = isCaughtUp() && position >= end;
    if (nothingWaits && backlog.isPresent()) {
      long quiet = Math.min(newAskedAt - askedAt, newAskedAt - readAt);
      long counted = TimeUnit.NANOSECONDS.toMicros(Math.max(0, Math.min(quiet, MAX_GAP_NANOS)));
      idleFor += counted;
      lead += counted;
    }
    backlog = OptionalLong.of(nothingWaits ? 0 : Math.max(0, end - nextOffset));
    askedAt = newAskedAt;
  }

  /** The idle time, in microseconds, since this was called last or a reading was read. */
  long takeLead() {
    long taken = lead;
    lead = 0;
    return taken;
  }

  /** How long it has been idle in all, in microseconds. */
  long idleFor() {
    return idleFor;
  }

  /** Records that wait; empty while the broker does not answer. */
  OptionalLong backlog() {
    return isFresh() ? backlog : OptionalLong.empty();
  }

  /** Whether it is known now that nothing waits. */
  boolean isIdle() {
    return isCaughtUp() && isFresh() && backlog.orElse(-1) == 0;
  }

  /** Whether everything that was delivered has been read. */
  boolean isCaughtUp() {
    return nextOffset >= deliveredTo;
  }

  /** Whether everything before the end that was asked for has been read. */
  boolean isFinished() {
    return endOffset.isPresent() && isCaughtUp() && position >= endOffset.getAsLong();
  }

  private boolean isFresh() {
    return nanoTime.getAsLong() - askedAt <= MAX_GAP_NANOS;
  }
}
