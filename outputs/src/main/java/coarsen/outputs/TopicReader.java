package coarsen.outputs;

import coarsen.command.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads all partitions of one topic once, up to the end offsets found at the opening. */
final class TopicReader implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long CHECK_BROKER_NANOS = Duration.ofSeconds(2).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final LongSupplier nanoTime;
  private final TopicBounds bounds;
  private final Set<TopicPartition> unread;
  private long checkedAt;

  private TopicReader(
      Consumer<byte[], byte[]> consumer,
      String topic,
      LongSupplier nanoTime,
      List<TopicPartition> partitions,
      TopicBounds bounds) {
    this.consumer = consumer;
    this.topic = topic;
    this.nanoTime = nanoTime;
    this.bounds = bounds;
    unread = new HashSet<>(partitions);
    checkedAt = nanoTime.getAsLong();
  }

  /**
   * Finds the topic's partitions and their ends.
   *
   * @param consumer closed with this reader, and at once if this fails
   * @param last the backlog: how many messages before the end of a partition to start, at most
   * @throws CommandException if the topic does not exist
   */
  static TopicReader open(
      Consumer<byte[], byte[]> consumer, String topic, long last, LongSupplier nanoTime) {
    try {
      List<TopicPartition> partitions =
          TopicPartitions.find(consumer, topic, TopicPartitions.FIRST_ANSWER);
      if (partitions.isEmpty()) {
        throw CommandException.unavailable(TopicPartitions.notThere(topic), null);
      }
      TopicBounds bounds = TopicPartitions.assign(consumer, partitions, last);
      return new TopicReader(consumer, topic, nanoTime, partitions, bounds);
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Passes on all messages; call it once.
   *
   * @throws CommandException if the broker does not answer any more, or refuses
   */
  void readAll(MessageHandler handler) {
    try {
      pauseFinished();
      while (!unread.isEmpty()) {
        checkBroker();
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          if (message.offset() < end(message.partition())) {
            handler.message(message);
          }
        }
        pauseFinished();
      }
    } catch (TimeoutException e) {
      throw CommandException.unavailable(TopicTail.NO_ANSWER, e);
    } catch (KafkaException e) {
      throw CommandException.unavailable(TopicPartitions.unreadable(topic, e), e);
    }
  }

  /** The bounds found at the opening. */
  TopicBounds bounds() {
    return bounds;
  }

  @Override
  public void close() {
    consumer.close(ANSWER);
  }

  private long end(int partition) {
    return bounds.ends().getOrDefault(partition, 0L);
  }

  /**
   * The position counts, not the last message's offset: the marker that ends a transaction has an
   * offset as well, and is not a message.
   */
  private void pauseFinished() {
    List<TopicPartition> finished = new ArrayList<>();
    for (TopicPartition partition : unread) {
      if (consumer.position(partition) >= end(partition.partition())) {
        finished.add(partition);
      }
    }
    consumer.pause(finished);
    finished.forEach(unread::remove);
  }

  /** A consumer does not report that its broker is gone, so ask the broker for something. */
  private void checkBroker() {
    long now = nanoTime.getAsLong();
    if (now - checkedAt >= CHECK_BROKER_NANOS) {
      checkedAt = now;
      consumer.endOffsets(unread, ANSWER);
    }
  }
}
