package coarsen.pipeline.read;

import coarsen.command.CommandException;
import coarsen.pipeline.scope.MissedOffsets;
import coarsen.pipeline.time.PartitionClocks;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a consumer that must not reset its offsets by itself, and reports in numbers what Kafka
 * would pass over in silence: offsets that expired before they were read, and a log that was cut.
 */
final class OffsetGuard {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(OffsetGuard.class);

  private final Consumer<byte[], byte[]> consumer;
  private final EndOffsets ends;
  private final PartitionClocks clocks;
  private final MissedOffsets missed;

  OffsetGuard(
      Consumer<byte[], byte[]> consumer,
      EndOffsets ends,
      PartitionClocks clocks,
      MissedOffsets missed) {
    this.consumer = consumer;
    this.ends = ends;
    this.clocks = clocks;
    this.missed = missed;
  }

  /**
   * Polls once.
   *
   * @throws CommandException if a run without an end finds a log that ends before what was read
   */
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (OffsetOutOfRangeException e) {
      recover(e.offsetOutOfRangePartitions());
      return ConsumerRecords.empty();
    }
  }

  private void recover(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> begins;
    Map<TopicPartition, Long> ends;
    try {
      begins = consumer.beginningOffsets(positions.keySet(), PATIENCE);
      ends = consumer.endOffsets(positions.keySet(), PATIENCE);
    } catch (TimeoutException e) {
      LOG.debug("{} are out of range; the next poll asks again", positions, e);
      return;
    }
    positions.forEach(
        (partition, position) ->
            recover(
                partition,
                position,
                begins.getOrDefault(partition, position),
                ends.getOrDefault(partition, position)));
  }

  private void recover(TopicPartition partition, long position, long begin, long end) {
    if (position < begin) {
      long gone = Math.max(0, Math.min(begin, ends.end(partition)) - position);
      if (gone > 0) {
        LOG.warn(
            "{}: {} offsets, from {} to {}, were gone before they were read; the partition begins at {} now",
            partition,
            gone,
            position,
            position + gone - 1,
            begin);
        missed.add(gone);
      }
      consumer.seek(partition, begin);
    } else if (position > end) {
      cut(partition, position, end);
    }
  }

  private void cut(TopicPartition partition, long position, long end) {
    if (!ends.isBounded(partition)) {
      throw CommandException.failed(
          "%s ends at offset %d, but was read up to %d: the topic was created again, or its log was cut, and its offsets name other messages now; start a new run on empty outputs"
              .formatted(partition, end, position),
          null);
    }
    LOG.warn(
        "{} ends at offset {} now, before the end that was found at the start; it is read up to there",
        partition,
        end);
    ends.lower(partition, end);
    clocks.partition(partition.partition()).lowerEnd(end);
    consumer.seek(partition, end);
  }
}
