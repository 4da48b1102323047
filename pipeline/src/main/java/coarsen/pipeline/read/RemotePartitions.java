package coarsen.pipeline.read;

import coarsen.pipeline.format.MessageParser;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the other partitions of a topic are in event time, judging by their newest messages.
 *
 * <p>A partition that never had a reading must follow the others, or it would hold back all
 * windows. Where an engine reads those in other JVMs, there is no clock to follow in this one.
 */
final class RemotePartitions implements AutoCloseable {
  private static final long PAUSE_MICROS = 1_000_000;
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  private final ReadPlan plan;
  private final PartitionClocks clocks;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InstantSource now;
  private final MessageParser parser;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<Integer, Long> maxEventTimes = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private long lookedAt = Long.MIN_VALUE;

  /**
   * @param consumers makes a consumer that is assigned to nothing, when one is needed
   */
  RemotePartitions(
      ReadPlan plan,
      PartitionClocks clocks,
      Supplier<Consumer<byte[], byte[]>> consumers,
      InstantSource now) {
    this.plan = plan;
    this.clocks = clocks;
    this.consumers = consumers;
    this.now = now;
    parser = plan.format().parser();
    forget();
  }

  /** Lets the clocks of this JVM follow the remote partitions as long as it is needed. */
  void followIf(boolean needed) {
    if (needed) {
      clocks.remoteWatermark(watermark());
    } else if (consumer != null) {
      close();
      forget();
    }
  }

  /**
   * The least watermark of the partitions that had a reading in this run, or {@link
   * PartitionClock#NEVER} if none had. Where nothing comes any more, it continues at the speed of
   * the wall clock. Asks the broker once a second at most.
   */
  long watermark() {
    long nowMicros = EventTime.ofInstant(now.instant());
    if (lookedAt == Long.MIN_VALUE || nowMicros - lookedAt >= PAUSE_MICROS) {
      look(nowMicros);
      lookedAt = nowMicros;
    }
    long least =
        maxEventTimes.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    return least == Long.MIN_VALUE
        ? PartitionClock.NEVER
        : Math.min(least, nowMicros) - EventTimeRules.micros(plan.rules().maxOutOfOrder());
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(Duration.ZERO);
      consumer = null;
    }
  }

  private void forget() {
    lookedAt = Long.MIN_VALUE;
    maxEventTimes.clear();
    ends.clear();
    plan.source()
        .startOffsets()
        .forEach((partition, offset) -> ends.put(plan.source().partition(partition), offset));
  }

  private void look(long nowMicros) {
    if (consumer == null) {
      consumer = consumers.get();
    }
    Map<TopicPartition, Long> newest = new HashMap<>();
    consumer
        .endOffsets(List.copyOf(ends.keySet()))
        .forEach(
            (partition, end) -> {
              if (end.equals(ends.put(partition, end))) {
                maxEventTimes.computeIfPresent(
                    partition.partition(), (p, ts) -> ts + nowMicros - lookedAt);
              } else {
                newest.put(partition, end - 1);
              }
            });
    if (!newest.isEmpty()) {
      consumer.assign(newest.keySet());
      newest.forEach(consumer::seek);
      consumer.poll(LONGEST_POLL).forEach(message -> take(message, nowMicros));
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> newest, long nowMicros) {
    BatchFrame frame =
        BatchFrame.open(BatchFrame.of(newest, plan.format().readsKeyAndHeaders()).value());
    if (frame.next() && frame.hasValue() && parser.parse(frame) == null) {
      long ts = parser.tsMicros();
      long kafkaTime = frame.kafkaMillis() < 0 ? nowMicros : frame.kafkaMillis() * 1_000;
      if (!plan.rules().isFromTheFuture(ts, kafkaTime, nowMicros)) {
        maxEventTimes.merge(newest.partition(), Math.min(ts, kafkaTime), Math::max);
      }
    }
  }
}
