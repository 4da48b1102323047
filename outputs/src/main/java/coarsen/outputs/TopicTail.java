package coarsen.outputs;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all partitions of one topic. Partitions that exist at the opening are read from {@code
 * last} messages before their end; those that are added later, and those of a topic that is created
 * later, from their beginning.
 *
 * <p>A consumer does not report that its broker is gone, so the broker is asked every two seconds
 * for the ends of the partitions. A partition that ends before the position was recreated, and is
 * read from its beginning.
 */
final class TopicTail implements Tail {
  static final String NO_ANSWER = "the broker does not answer";

  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CHECK_FOR_TOPIC = Duration.ofMillis(500);
  private static final Duration CHECK_BROKER = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final LongSupplier nanoTime;
  private long checkedAt;
  private String missing;

  private TopicTail(
      Consumer<byte[], byte[]> consumer, String topic, LongSupplier nanoTime, String missing) {
    this.consumer = consumer;
    this.topic = topic;
    this.nanoTime = nanoTime;
    this.missing = missing;
    checkedAt = nanoTime.getAsLong();
  }

  /**
   * Finds the topic's partitions, if it exists, and where to start.
   *
   * @param consumer closed with this tail, and at once if this fails
   * @param last the backlog: how many messages before the end of a partition to start, at most
   */
  static TopicTail open(
      Consumer<byte[], byte[]> consumer, String topic, long last, LongSupplier nanoTime) {
    try {
      List<TopicPartition> partitions =
          TopicPartitions.find(consumer, topic, TopicPartitions.FIRST_ANSWER);
      TopicPartitions.assign(consumer, partitions, last);
      String missing = partitions.isEmpty() ? TopicPartitions.notThere(topic) : "";
      return new TopicTail(consumer, topic, nanoTime, missing);
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public int poll(RowHandler handler) {
    var counting = new CountingRows(handler);
    try {
      checkBroker();
      if (!consumer.assignment().isEmpty()) {
        consumer.poll(POLL).forEach(MessageHandler.ofRows(counting)::message);
      }
    } catch (TimeoutException e) {
      missing = NO_ANSWER;
    } catch (KafkaException e) {
      missing = TopicPartitions.unreadable(topic, e);
    }
    return counting.count();
  }

  @Override
  public String missing() {
    return missing;
  }

  @Override
  public void close() {
    consumer.close(ANSWER);
  }

  private void checkBroker() {
    boolean none = consumer.assignment().isEmpty();
    long now = nanoTime.getAsLong();
    if (now - checkedAt < (none ? CHECK_FOR_TOPIC : CHECK_BROKER).toNanos()) {
      return;
    }
    checkedAt = now;
    assignNew();
    rewindRecreated();
    missing = consumer.assignment().isEmpty() ? TopicPartitions.notThere(topic) : "";
  }

  private void assignNew() {
    List<TopicPartition> found = TopicPartitions.find(consumer, topic, ANSWER);
    Set<TopicPartition> known = new HashSet<>(consumer.assignment());
    if (!known.equals(new HashSet<>(found))) {
      consumer.assign(found);
      found.stream()
          .filter(partition -> !known.contains(partition))
          .forEach(partition -> consumer.seek(partition, 0));
    }
  }

  private void rewindRecreated() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      positions.put(partition, consumer.position(partition, ANSWER));
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet(), ANSWER);
    positions.forEach(
        (partition, position) -> {
          if (ends.getOrDefault(partition, position) < position) {
            consumer.seek(partition, 0);
            LOG.warn("{} was recreated; reading it from its beginning", partition);
          }
        });
  }
}
