package coarsen.pipeline.read;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what a poll returned as few records, each of which frames many: Beam charges by the
 * element. KafkaIO checkpoints, seeks and measures as before, since only offsets matter to it.
 */
final class CoalescingConsumer extends KafkaConsumer<byte[], byte[]> {
  /** KafkaIO polls for a second; more often, the clocks learn sooner that nothing waits. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(CoalescingConsumer.class);

  private final ReadPlan plan;
  private final Map<String, Object> config;
  private final PartitionClocks clocks;
  private @Nullable OtherPartitions others;
  private final Set<TopicPartition> positioned = new HashSet<>();
  private final Map<TopicPartition, Long> handedOn = new HashMap<>();

  CoalescingConsumer(ReadPlan plan, Map<String, Object> config) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.plan = plan;
    this.config = config;
    clocks = PartitionClocks.of(plan);
  }

  /** Partitions begin where the run does; KafkaIO seeks elsewhere when it has a checkpoint. */
  @Override
  public void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long start = plan.startOffsets().get(partition.partition());
      if (start != null) {
        seek(partition, start);
      }
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    tellPositions();
    Duration shorter = timeout.compareTo(LONGEST_POLL) < 0 ? timeout : LONGEST_POLL;
    ConsumerRecords<byte[], byte[]> polled = coalesce(super.poll(shorter));
    if (polled.isEmpty()) {
      followOthers();
    }
    return polled;
  }

  /** Without this, a partition that nobody writes to holds back all windows where it is alone. */
  private void followOthers() {
    if (assignment().stream().allMatch(partition -> clocks.isAlone(partition.partition()))) {
      if (others == null) {
        var consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        others = new OtherPartitions(plan, consumer, InstantSource.system());
      }
      clocks.elsewhere(others.watermark());
    } else if (others != null) {
      others.close();
      others = null;
    }
  }

  /** Beam calls this one. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Kafka deprecated it; its callers are Beam's.
  public ConsumerRecords<byte[], byte[]> poll(long timeoutMillis) {
    return poll(Duration.ofMillis(timeoutMillis));
  }

  /**
   * At once: there is no group to leave and nothing to commit, and the direct runner waits for this
   * every few seconds. A close that fails has lost nothing, so it must not fail the pipeline.
   */
  @Override
  public void close() {
    try {
      if (others != null) {
        others.close();
      }
      close(Duration.ZERO);
    } catch (KafkaException e) {
      LOG.debug("a consumer did not close well", e);
    }
  }

  private void tellPositions() {
    for (TopicPartition partition : assignment()) {
      if (positioned.add(partition)) {
        long position = position(partition);
        handedOn.put(partition, position);
        clocks.partition(partition.partition()).positioned(position);
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> coalesce(ConsumerRecords<byte[], byte[]> polled) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batches = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = untilEnd(partition, polled.records(partition));
      if (!records.isEmpty()) {
        batches.put(partition, batches(records));
        handedOn.put(partition, records.get(records.size() - 1).offset() + 1);
      }
    }
    for (TopicPartition partition : assignment()) {
      clocks
          .partition(partition.partition())
          .polled(handedOn.getOrDefault(partition, 0L), position(partition), currentLag(partition));
    }
    return new ConsumerRecords<>(batches);
  }

  private List<ConsumerRecord<byte[], byte[]>> untilEnd(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    Long end = plan.endOffsets().get(partition.partition());
    if (end == null) {
      return records;
    }
    int count = records.size();
    while (count > 0 && records.get(count - 1).offset() >= end) {
      count--;
    }
    if (position(partition) >= end) {
      pause(List.of(partition));
    }
    return records.subList(0, count);
  }

  private List<ConsumerRecord<byte[], byte[]>> batches(
      List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> batches = new ArrayList<>();
    for (int i = 0; i < records.size(); i += plan.maxBatch()) {
      int end = Math.min(records.size(), i + plan.maxBatch());
      batches.add(BatchFrame.coalesce(records.subList(i, end)));
    }
    return batches;
  }
}
