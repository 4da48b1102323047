package coarsen.pipeline.read;

import coarsen.pipeline.format.MessageParser;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.Judge;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the partitions of a topic are in event time, judging by their newest messages. Where
 * engines read the others in other JVMs, there are no clocks of them to follow in this one, so this
 * keeps a clock for each partition and lets it read the newest messages alone.
 *
 * <p>The newest offsets may hold no message: control records of transactions have offsets, and
 * compaction leaves gaps. So it looks back, twice as far each time, until it finds one. For one
 * thread.
 */
final class RemotePartitions {
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);

  /** Together half a second: whoever looks has other things to do. */
  private static final int POLLS = 5;

  private static final long FARTHEST_BACK = 1L << 20;

  private final ReadPlan plan;
  private final InstantSource now;
  private final MessageParser parser;
  private final PartitionClocks clocks;
  private final Map<TopicPartition, Long> seenTo = new HashMap<>();
  private final Map<TopicPartition, Long> stepsBack = new HashMap<>();

  RemotePartitions(ReadPlan plan, InstantSource now, LongSupplier nanoTime) {
    this.plan = plan;
    this.now = now;
    parser = plan.format().parser();
    clocks =
        new PartitionClocks(
            plan.rules(),
            plan.source().startOffsets(),
            Collections.emptySortedMap(),
            false,
            nanoTime);
  }

  /**
   * Looks at the newest messages of partitions that have new ones. Takes about half a second at
   * most; what was not found by then is looked for the next time.
   *
   * @param consumer is assigned to partitions here
   * @param ends where the partitions end
   * @param askedAt when that was asked, by the monotonic clock
   */
  void look(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, long askedAt) {
    Map<TopicPartition, Long> grown = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          if (!end.equals(seenTo.getOrDefault(partition, start(partition)))) {
            grown.put(partition, end);
          }
          clock(partition).polled(end, end);
        });
    if (!grown.isEmpty()) {
      find(consumer, grown);
    }
    ends.forEach((partition, end) -> clock(partition).answered(end, askedAt));
  }

  /**
   * The least watermark of the partitions that had a reading in this run and do not follow others,
   * or {@link PartitionClock#NEVER} if none had.
   */
  long watermark() {
    return clocks.advanceThoseWithReadings(EventTime.ofInstant(now.instant()));
  }

  private void find(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> grown) {
    consumer.assign(grown.keySet());
    grown.forEach((partition, end) -> consumer.seek(partition, from(partition, end)));
    Map<TopicPartition, Long> left = new HashMap<>(grown);
    for (int poll = 0; poll < POLLS && !left.isEmpty(); poll++) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(LONGEST_POLL)) {
        var partition = new TopicPartition(message.topic(), message.partition());
        take(message, grown.getOrDefault(partition, message.offset() + 1));
        found(partition, left);
      }
      List.copyOf(left.entrySet())
          .forEach(
              entry -> {
                if (Positions.isAt(consumer, entry.getKey(), entry.getValue())) {
                  foundNothing(entry.getKey(), entry.getValue(), left);
                }
              });
    }
  }

  private void foundNothing(TopicPartition partition, long end, Map<TopicPartition, Long> left) {
    long from = from(partition, end);
    if (from <= start(partition) || end - from >= FARTHEST_BACK) {
      PartitionClock clock = clock(partition);
      clock.readTo(end, clock.judge());
      found(partition, left);
    } else {
      stepsBack.put(partition, 2 * (end - from));
      left.remove(partition);
    }
  }

  private void found(TopicPartition partition, Map<TopicPartition, Long> left) {
    Long end = left.remove(partition);
    if (end != null) {
      seenTo.put(partition, end);
      stepsBack.remove(partition);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> newest, long end) {
    PartitionClock clock = clocks.partition(newest.partition());
    Judge judge = clock.judge();
    long nowMicros = EventTime.ofInstant(now.instant());
    BatchFrame frame =
        BatchFrame.open(BatchFrameBuilder.of(newest, plan.format().readsKeyAndHeaders()).value());
    if (frame.next() && frame.hasValue() && parser.parse(frame) == null) {
      long ts = parser.tsMicros();
      long kafkaTime =
          EventTimeRules.isPlausible(frame.kafkaMillis(), nowMicros)
              ? frame.kafkaMillis() * 1_000
              : nowMicros;
      if (plan.rules().windows().isWritable(ts)
          && !plan.rules().isFromTheFuture(ts, kafkaTime, nowMicros)) {
        judge.isLate(ts, kafkaTime);
      }
    }
    clock.readTo(end, judge);
  }

  private long from(TopicPartition partition, long end) {
    return Math.max(start(partition), end - stepsBack.getOrDefault(partition, 1L));
  }

  private long start(TopicPartition partition) {
    return plan.source().startOffsets().getOrDefault(partition.partition(), 0L);
  }

  private PartitionClock clock(TopicPartition partition) {
    return clocks.partition(partition.partition());
  }
}
