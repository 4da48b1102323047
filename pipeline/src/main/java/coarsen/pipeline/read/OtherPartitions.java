package coarsen.pipeline.read;

import coarsen.records.EventTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the other partitions of a topic are in event time, as their newest messages tell. For a
 * partition that never had a reading and must follow the others, where an engine reads those in
 * other JVMs.
 */
final class OtherPartitions implements AutoCloseable {
  private static final long PAUSE_MICROS = 1_000_000;
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  private final ReadPlan plan;
  private final Consumer<byte[], byte[]> consumer;
  private final InstantSource now;
  private final ReadingParser parser;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<Integer, Long> reached = new HashMap<>();
  private long lookedAt = Long.MIN_VALUE;

  /**
   * @param consumer assigned to nothing; closed with this
   */
  OtherPartitions(ReadPlan plan, Consumer<byte[], byte[]> consumer, InstantSource now) {
    this.plan = plan;
    this.consumer = consumer;
    this.now = now;
    parser = new ReadingParser(plan.format());
    plan.startOffsets()
        .forEach(
            (partition, offset) -> ends.put(new TopicPartition(plan.topic(), partition), offset));
  }

  /**
   * The least watermark of the partitions that had a reading in this run, or {@link
   * PartitionClock#NEVER} if none had. Where nothing comes any more, it goes on at the speed of the
   * wall clock. Asks the broker once a second at most.
   */
  long watermark() {
    long nowMicros = EventTime.ofInstant(now.instant());
    if (lookedAt == Long.MIN_VALUE || nowMicros - lookedAt >= PAUSE_MICROS) {
      look(nowMicros);
      lookedAt = nowMicros;
    }
    long least = reached.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    return least == Long.MIN_VALUE
        ? PartitionClock.NEVER
        : Math.min(least, nowMicros) - EventTimeRules.micros(plan.rules().maxOutOfOrder());
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }

  private void look(long nowMicros) {
    Map<TopicPartition, Long> newest = new HashMap<>();
    consumer
        .endOffsets(List.copyOf(ends.keySet()))
        .forEach(
            (partition, end) -> {
              if (end.equals(ends.put(partition, end))) {
                reached.computeIfPresent(
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
    byte[] value = newest.value();
    if (value != null && parser.parse(value, 0, value.length) == null) {
      long ts = parser.tsMicros();
      long kafkaTime = newest.timestamp() < 0 ? nowMicros : newest.timestamp() * 1_000;
      if (!plan.rules().isFromTheFuture(ts, kafkaTime, nowMicros)) {
        reached.merge(newest.partition(), Math.min(ts, kafkaTime), Math::max);
      }
    }
  }
}
