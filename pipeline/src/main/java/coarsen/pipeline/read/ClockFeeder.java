package coarsen.pipeline.read;

import coarsen.pipeline.time.PartitionClocks;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Feeds the clocks of partitions with what one consumer knows: where it begins, how far it has
 * delivered records, and how many still wait in the broker.
 */
final class ClockFeeder {
  private final PartitionClocks clocks;
  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> deliveredTo = new HashMap<>();

  ClockFeeder(PartitionClocks clocks, Consumer<?, ?> consumer) {
    this.clocks = clocks;
    this.consumer = consumer;
  }

  /** Before a poll: partitions that were not polled before begin at the consumer's position. */
  void beforePoll() {
    for (TopicPartition partition : consumer.assignment()) {
      if (!deliveredTo.containsKey(partition)) {
        long position = consumer.position(partition);
        deliveredTo.put(partition, position);
        clocks.partition(partition.partition()).positioned(position);
      }
    }
  }

  /** Records up to an offset, which is included, are delivered to the reader. */
  void delivered(TopicPartition partition, long lastOffset) {
    deliveredTo.put(partition, lastOffset + 1);
  }

  /** After a poll, whose records were delivered. */
  void afterPoll() {
    for (TopicPartition partition : consumer.assignment()) {
      clocks
          .partition(partition.partition())
          .polled(
              deliveredTo.getOrDefault(partition, 0L),
              consumer.position(partition),
              consumer.currentLag(partition));
    }
  }

  /** Whether no assigned partition has readings, nor any other that this JVM reads. */
  boolean hasNobodyToFollow() {
    return consumer.assignment().stream()
        .allMatch(partition -> clocks.hasNobodyToFollow(partition.partition()));
  }
}
