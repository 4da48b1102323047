package coarsen.pipeline.read;

import coarsen.pipeline.format.MessageParser;
import coarsen.pipeline.format.ParsedMessage;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.Judge;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the partitions of a topic are in event time, judging by their newest messages. Where
 * engines read the others in other JVMs, there are no clocks of them to follow in this one, so this
 * keeps a clock for each partition and lets it read the newest messages alone.
 *
 * <p>The newest offsets may hold no reading: control records of transactions have offsets,
 * compaction leaves gaps, and messages may be rejected. So it looks back, twice as far each time,
 * until it finds one. Records of an open transaction, and those behind them, are not read before
 * they are committed, but wait. For one thread.
 */
final class RemotePartitions implements AutoCloseable {
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);

  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(1);

  /** Together half a second: whoever looks has other things to do. */
  private static final int POLLS = 5;

  private static final long FARTHEST_BACK = 1L << 20;

  private final ReadPlan plan;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InstantSource now;
  private final MessageParser parser;
  private final PartitionClocks clocks;
  private final Map<TopicPartition, Long> seenTo = new HashMap<>();
  private final Map<TopicPartition, Long> stepsBack = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> consumer;

  /**
   * @param consumers makes the consumer that reads, which sees what readers see
   */
  RemotePartitions(
      ReadPlan plan,
      Supplier<Consumer<byte[], byte[]>> consumers,
      InstantSource now,
      LongSupplier nanoTime) {
    this.plan = plan;
    this.consumers = consumers;
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
   * @param ends where the partitions end, with records that are not committed yet
   * @param askedAt when that was asked, by the monotonic clock
   */
  void look(Map<TopicPartition, Long> ends, long askedAt) {
    Consumer<byte[], byte[]> open = openConsumer();
    Map<TopicPartition, Long> grown = new HashMap<>();
    open.endOffsets(ends.keySet(), LONGEST_QUESTION)
        .forEach(
            (partition, end) -> {
              if (!end.equals(seenTo.getOrDefault(partition, start(partition)))) {
                grown.put(partition, end);
              }
              clock(partition).polled(end, end);
            });
    if (!grown.isEmpty()) {
      find(open, grown);
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

  private Consumer<byte[], byte[]> openConsumer() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open = consumers.get();
      consumer = open;
    }
    return open;
  }

  @Override
  public void close() {
    Consumer<byte[], byte[]> open = consumer;
    consumer = null;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }

  private void find(Consumer<byte[], byte[]> open, Map<TopicPartition, Long> grown) {
    open.assign(grown.keySet());
    grown.forEach((partition, end) -> open.seek(partition, from(partition, end)));
    Map<TopicPartition, Long> left = new HashMap<>(grown);
    Set<TopicPartition> withMessages = new HashSet<>();
    Set<TopicPartition> withReadings = new HashSet<>();
    for (int poll = 0; poll < POLLS && !left.isEmpty(); poll++) {
      for (ConsumerRecord<byte[], byte[]> message : open.poll(LONGEST_POLL)) {
        var partition = new TopicPartition(message.topic(), message.partition());
        withMessages.add(partition);
        if (take(message, grown.getOrDefault(partition, message.offset() + 1))) {
          withReadings.add(partition);
        }
      }
      List.copyOf(left.entrySet()).stream()
          .filter(entry -> Positions.isAt(open, entry.getKey(), entry.getValue()))
          .forEach(
              entry -> {
                if (withReadings.contains(entry.getKey())) {
                  found(entry.getKey(), left);
                } else {
                  foundNothing(entry.getKey(), entry.getValue(), left);
                }
              });
    }
    // What has too many messages to read them all in time will have them the next time, too.
    Map.copyOf(left)
        .forEach(
            (partition, end) -> {
              if (withMessages.contains(partition)) {
                giveUp(partition, end, left);
              }
            });
  }

  private void foundNothing(TopicPartition partition, long end, Map<TopicPartition, Long> left) {
    long from = from(partition, end);
    if (from <= start(partition) || end - from >= FARTHEST_BACK) {
      giveUp(partition, end, left);
    } else {
      stepsBack.put(partition, 2 * (end - from));
      left.remove(partition);
    }
  }

  private void giveUp(TopicPartition partition, long end, Map<TopicPartition, Long> left) {
    PartitionClock clock = clock(partition);
    clock.readTo(end, clock.judge());
    found(partition, left);
  }

  private void found(TopicPartition partition, Map<TopicPartition, Long> left) {
    Long end = left.remove(partition);
    if (end != null) {
      seenTo.put(partition, end);
      stepsBack.remove(partition);
    }
  }

  /** Lets the partition's clock read a message; returns whether that is a reading that counts. */
  private boolean take(ConsumerRecord<byte[], byte[]> message, long end) {
    PartitionClock clock = clocks.partition(message.partition());
    Judge judge = clock.judge();
    long nowMicros = EventTime.ofInstant(now.instant());
    BatchFrame frame =
        BatchFrame.open(BatchFrameBuilder.of(message, plan.format().readsKeyAndHeaders()).value());
    if (frame.next() && frame.hasValue()) {
      boolean isPlausible = EventTimeRules.isPlausible(frame.kafkaMillis(), nowMicros);
      long kafkaTime = isPlausible ? frame.kafkaMillis() * 1_000 : nowMicros;
      ParsedMessage parsed = parser.parse(frame);
      for (int i = 0; i < parsed.size(); i++) {
        if (parsed.reason(i) == null
            && (isPlausible || !parsed.isKafkaTime(i))
            && plan.rules().windows().isWritable(parsed.tsMicros(i))
            && !plan.rules().isFromTheFuture(parsed.tsMicros(i), kafkaTime, nowMicros)) {
          judge.isLate(parsed.tsMicros(i), plan.rules().latestCountedTime(kafkaTime, nowMicros));
        }
      }
    }
    if (judge.any()) {
      clock.readTo(end, judge);
    }
    return judge.any();
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
