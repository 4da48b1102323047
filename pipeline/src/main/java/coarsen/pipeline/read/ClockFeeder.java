package coarsen.pipeline.read;

import coarsen.pipeline.time.PartitionClocks;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Feeds the clocks of partitions with what one consumer knows: where it begins, and how far it has
 * delivered records.
 */
final class ClockFeeder {
  private final PartitionClocks clocks;
  private final EndOffsetWatch ends;
  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> deliveredTo = new HashMap<>();

  ClockFeeder(PartitionClocks clocks, EndOffsetWatch ends, Consumer<?, ?> consumer) {
    this.clocks = clocks;
    this.ends = ends;
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
          .polled(deliveredTo.getOrDefault(partition, 0L), consumer.position(partition));
    }
    ends.polled(consumer.assignment());
  }
}
