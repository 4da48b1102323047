package coarsen.pipeline.read;

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
 * reason, Kafka timestamps that cannot be, a clock of this machine that is behind. There is one in
 * each run and JVM; it is told of batches, not of messages, so that nobody waits for a lock.
 */
final class InputWarnings {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Fewer rejects than that are no pattern. */
  private static final long FEWEST = 10;

  private final LongSupplier nanoTime;
  private final Consumer<String> warn;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private long messages;
  private long countedSince;
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
  }

  /**
   * A batch was read.
   *
   * @param count of its messages
   * @param rejects of them, by reason
   */
  synchronized void read(long count, Map<RejectReason, Long> rejects) {
    messages += count;
    rejects.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
    long nanos = nanoTime.getAsLong();
    if (nanos - countedSince >= PAUSE_NANOS) {
      rejected.forEach(this::warnIfMost);
      rejected.clear();
      messages = 0;
      countedSince = nanos;
    }
  }

  private void warnIfMost(RejectReason reason, long count) {
    if (count >= FEWEST && 2 * count > messages) {
      warn.accept(
          String.format(
              Locale.ROOT,
              "%,d of the last %,d messages were rejected as %s: do the options for the input fit"
                  + " this topic? The rejected rows say why (--rejectedOutput)",
              count,
              messages,
              reason));
    }
  }

  /** A message has a Kafka timestamp that cannot be. Warned of once. */
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
