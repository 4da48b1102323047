package coarsen.pipeline.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops reading at the end of a bounded run: records at a partition's end offset or behind it are
 * cut off, and the partition is paused. For the thread that polls.
 */
final class EndOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);

  private final Map<Integer, Long> byPartition;

  /**
   * @param byPartition the offsets to stop before; partitions that are not named have no end
   */
  EndOffsets(Map<Integer, Long> byPartition) {
    this.byPartition = new HashMap<>(byPartition);
  }

  /** Whether a partition is read to an end. */
  boolean isBounded(TopicPartition partition) {
    return byPartition.containsKey(partition.partition());
  }

  /** The end of a partition; no offset reaches it where there is none. */
  long end(TopicPartition partition) {
    return byPartition.getOrDefault(partition.partition(), Long.MAX_VALUE);
  }

  /** A partition was found to end before the end that it had at the start. */
  void lower(TopicPartition partition, long end) {
    byPartition.put(partition.partition(), end);
  }

  /** The records of a partition that are before its end. */
  List<ConsumerRecord<byte[], byte[]>> cut(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> polled) {
    Long end = byPartition.get(partition.partition());
    if (end == null) {
      return polled;
    }
    int count = polled.size();
    while (count > 0 && polled.get(count - 1).offset() >= end) {
      count--;
    }
    return polled.subList(0, count);
  }

  /**
   * Pauses a partition that was read to its end. What counts is its position, not its last record:
   * control records of transactions have offsets, too.
   */
  void pauseIfReached(TopicPartition partition, Consumer<?, ?> consumer) {
    Long end = byPartition.get(partition.partition());
    if (end != null
        && Positions.isAt(consumer, partition, end)
        && !consumer.paused().contains(partition)) {
      consumer.pause(List.of(partition));
      LOG.debug("{} was read to its end offset {}", partition, end);
    }
  }
}
