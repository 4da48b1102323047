package coarsen.pipeline.read;

import coarsen.pipeline.time.PartitionClocks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Feeds the clocks of partitions with what one consumer knows: where it begins, and how far it has
 * delivered records.
 */
final class ClockFeeder {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final PartitionClocks clocks;
  private final EndOffsetWatch ends;
  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> deliveredTo = new HashMap<>();

  ClockFeeder(PartitionClocks clocks, EndOffsetWatch ends, Consumer<?, ?> consumer) {
    this.clocks = clocks;
    this.ends = ends;
    this.consumer = consumer;
  }

  /**
   * Before a poll: partitions that were not polled before begin at the consumer's position.
   *
   * @return whether all positions are known; else nothing must be polled yet
   */
  boolean beforePoll() {
    for (TopicPartition partition : consumer.assignment()) {
      if (!deliveredTo.containsKey(partition)) {
        OptionalLong position = Positions.find(consumer, partition, PATIENCE);
        if (position.isEmpty()) {
          return false;
        }
        deliveredTo.put(partition, position.getAsLong());
        clocks.partition(partition.partition()).positioned(position.getAsLong());
      }
    }
    return true;
  }

  /** Records up to an offset, which is included, are delivered to the reader. */
  void delivered(TopicPartition partition, long lastOffset) {
    deliveredTo.put(partition, lastOffset + 1);
  }

  /** After a poll, whose records were delivered. */
  void afterPoll() {
    for (TopicPartition partition : consumer.assignment()) {
      long delivered = deliveredTo.getOrDefault(partition, 0L);
      // Where the position is not known, it is behind what was delivered at least.
      long position = Positions.find(consumer, partition, Duration.ZERO).orElse(delivered);
      clocks.partition(partition.partition()).polled(delivered, position);
    }
    ends.polled(consumer.assignment());
  }
}
