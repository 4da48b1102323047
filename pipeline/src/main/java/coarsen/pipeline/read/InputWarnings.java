package coarsen.pipeline.read;

import coarsen.pipeline.status.RejectHint;
import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Warns, while a run goes on, of input that is hardly meant so: most messages rejected for one
 * reason, event times in the wrong unit, Kafka timestamps that cannot be true, a clock of this
 * machine that is behind. There is one in each run and JVM; batches are reported to it, not
 * messages, so that nobody waits for a lock.
 */
final class InputWarnings {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Fewer messages than that are not a pattern. */
  private static final long FEWEST = 10;

  /** So many messages are one at once, even if none follow. */
  private static final long ENOUGH = 100;

  private final LongSupplier nanoTime;
  private final Consumer<String> warn;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private long messages;
  private long countedSince;
  private long warnedAt;
  private long allMessages;
  private long inShortUnit;
  private boolean unitReported;
  private boolean timestampsReported;
  private boolean clockReported;

  /**
   * @param nanoTime a monotonic clock
   * @param warn writes a line to the log
   */
  InputWarnings(LongSupplier nanoTime, Consumer<String> warn) {
    this.nanoTime = nanoTime;
    this.warn = warn;
    countedSince = nanoTime.getAsLong();
    warnedAt = countedSince - PAUSE_NANOS;
  }

  /**
   * A batch was read.
   *
   * @param count of its messages
   * @param rejects of them, by reason
   */
  synchronized void read(long count, Map<RejectReason, Long> rejects) {
    allMessages += count;
    messages += count;
    rejects.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
    long nanos = nanoTime.getAsLong();
    boolean isOver = nanos - countedSince >= PAUSE_NANOS;
    boolean isEnough = messages >= ENOUGH && nanos - warnedAt >= PAUSE_NANOS;
    if ((isOver || isEnough) && warnIfMost()) {
      warnedAt = nanos;
      isOver = true;
    }
    if (isOver) {
      rejected.clear();
      messages = 0;
      countedSince = nanos;
    }
  }

  private boolean warnIfMost() {
    for (Map.Entry<RejectReason, Long> entry : rejected.entrySet()) {
      long count = entry.getValue();
      if (count >= FEWEST && 2 * count > messages) {
        RejectReason reason = entry.getKey();
        warn.accept(
            String.format(
                Locale.ROOT,
                "%,d of the last %,d messages were rejected as %s: %s The rejected rows say why"
                    + " (--rejectedOutput)",
                count,
                messages,
                reason,
                RejectHint.of(reason)));
        return true;
      }
    }
    return false;
  }

  /**
   * A batch was read whose event times are in 1970, and fit its Kafka timestamps in a longer unit.
   * Warned of once, if most readings are like that.
   *
   * @param eventTime of one of the readings
   * @param factor how many times as long the unit is that fits
   */
  synchronized void unitTooShort(
      int partition, long readings, long eventTime, long kafkaTime, long factor) {
    inShortUnit += readings;
    if (!unitReported && inShortUnit >= FEWEST && 2 * inShortUnit > allMessages + readings) {
      unitReported = true;
      warn.accept(
          String.format(
              Locale.ROOT,
              "most event times are in 1970, such as %s in partition %d, where Kafka has a message of"
                  + " %s: is --timestampUnit too short? One that is %,d times as long makes it %s (%s)",
              EventTime.format(eventTime),
              partition,
              EventTime.format(kafkaTime),
              factor,
              EventTime.format(eventTime * factor),
              factor == 1_000
                  ? "s instead of ms, or ms instead of us"
                  : factor == 1_000_000
                      ? "s instead of us, or ms instead of ns"
                      : "s instead of ns"));
    }
  }

  /** A message has a Kafka timestamp that cannot be true. Warned of once. */
  synchronized void implausibleTimestamp(int partition, long kafkaMillis) {
    if (!timestampsReported) {
      timestampsReported = true;
      warn.accept(
          "partition "
              + partition
              + " has a message with the Kafka timestamp "
              + kafkaMillis
              + ", which as milliseconds since 1970 is not within ten years of now; such messages"
              + " count as if they had none. The report has their number");
    }
  }

  /** A Kafka timestamp is ahead of this machine's clock by more than is allowed. Warned of once. */
  synchronized void clockBehind(int partition, long kafkaTime, long now) {
    if (!clockReported) {
      clockReported = true;
      warn.accept(
          "the clock of this machine says "
              + EventTime.format(now)
              + ", but partition "
              + partition
              + " has a message of "
              + EventTime.format(kafkaTime)
              + ": readings ahead of this machine's clock by more than --maxFutureSkew are rejected,"
              + " and no watermark passes it. Correct the clock");
    }
  }
}
