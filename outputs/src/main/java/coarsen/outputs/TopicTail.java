package coarsen.outputs;

import coarsen.command.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all partitions of one topic, outside of any consumer group. Partitions that are there at
 * the opening are read from {@code last} messages before their end; ones that are added later, and
 * those of a topic that is created later, from their beginning.
 *
 * <p>A consumer says nothing when its broker is gone, so the broker is asked every two seconds for
 * the ends of the partitions. A partition that ends before what was read was made anew, and is read
 * from its beginning.
 */
final class TopicTail implements Tail {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final String NO_ANSWER = "the broker does not answer";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK_FOR_TOPIC = Duration.ofMillis(500);
  private static final Duration LOOK_AT_BROKER = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final boolean stopAtEnd;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Set<TopicPartition> behind = new HashSet<>();
  private long lookedAt;
  private String missing = "";

  private TopicTail(
      Consumer<byte[], byte[]> consumer, String topic, boolean stopAtEnd, LongSupplier nanoTime) {
    this.consumer = consumer;
    this.topic = topic;
    this.stopAtEnd = stopAtEnd;
    this.nanoTime = nanoTime;
  }

  /**
   * Finds the topic's partitions and where they end.
   *
   * @param consumer closed with this tail, and at once if this fails
   * @param last how many messages before the end of a partition to start, at most
   * @param stopAtEnd whether to hand on nothing that was added after the opening
   * @throws CommandException if the broker doesn't answer, or the topic is to be read to its end
   *     and does not exist
   */
  static TopicTail open(
      Consumer<byte[], byte[]> consumer,
      String topic,
      long last,
      boolean stopAtEnd,
      LongSupplier nanoTime) {
    var tail = new TopicTail(consumer, topic, stopAtEnd, nanoTime);
    try {
      tail.start(last);
      return tail;
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  private void start(long last) {
    List<TopicPartition> partitions = partitions(FIRST_ANSWER);
    if (partitions.isEmpty()) {
      if (stopAtEnd) {
        throw CommandException.unavailable("there is no topic " + topic, null);
      }
      missing = notThere();
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, FIRST_ANSWER);
    ends.putAll(consumer.endOffsets(partitions, FIRST_ANSWER));
    ends.forEach(
        (partition, end) ->
            consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - last)));
    behind.addAll(partitions);
    lookedAt = nanoTime.getAsLong();
    settle();
  }

  @Override
  public int poll(RowHandler sink) {
    return pollMessages(
        message -> {
          byte[] row = message.value();
          boolean isRow = row != null && row.length > 0;
          if (isRow) {
            sink.row(row, 0, row.length);
          }
          return isRow;
        });
  }

  /** Like {@link #poll}, for whoever wants to know where the messages are. */
  int pollMessages(MessageHandler sink) {
    try {
      look();
      if (consumer.assignment().isEmpty()) {
        return 0;
      }
      int rows = 0;
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> message : records) {
        if (!isBeyondEnd(message) && sink.message(message)) {
          rows++;
        }
      }
      settle();
      return rows;
    } catch (TimeoutException e) {
      missing = NO_ANSWER;
      return 0;
    } catch (KafkaException e) {
      missing = "can't read topic " + topic + ": " + e.getMessage();
      return 0;
    }
  }

  @Override
  public String missing() {
    return missing;
  }

  @Override
  public boolean caughtUp() {
    return behind.isEmpty() && !consumer.assignment().isEmpty();
  }

  /** By partition, the end offset found at the opening. */
  Map<Integer, Long> ends() {
    Map<Integer, Long> byPartition = new HashMap<>();
    ends.forEach((partition, end) -> byPartition.put(partition.partition(), end));
    return byPartition;
  }

  @Override
  public void close() {
    consumer.close(ANSWER);
  }

  private boolean isBeyondEnd(ConsumerRecord<byte[], byte[]> message) {
    if (!stopAtEnd) {
      return false;
    }
    Long end = ends.get(new TopicPartition(message.topic(), message.partition()));
    return end == null || message.offset() >= end;
  }

  /** Position, not the last message's offset, tells: a transaction's end has an offset as well. */
  private void settle() {
    List<TopicPartition> done = new ArrayList<>();
    for (TopicPartition partition : behind) {
      if (consumer.position(partition) >= ends.getOrDefault(partition, 0L)) {
        done.add(partition);
      }
    }
    if (stopAtEnd) {
      consumer.pause(done);
    }
    done.forEach(behind::remove);
  }

  private void look() {
    boolean none = consumer.assignment().isEmpty();
    long now = nanoTime.getAsLong();
    if (now - lookedAt < (none ? LOOK_FOR_TOPIC : LOOK_AT_BROKER).toNanos()) {
      return;
    }
    lookedAt = now;
    if (stopAtEnd) {
      consumer.endOffsets(behind, ANSWER);
      return;
    }
    findPartitions();
    Map<TopicPartition, Long> read = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      read.put(partition, consumer.position(partition, ANSWER));
    }
    Map<TopicPartition, Long> endsNow = consumer.endOffsets(read.keySet(), ANSWER);
    read.forEach(
        (partition, position) -> {
          if (endsNow.getOrDefault(partition, position) < position) {
            consumer.seek(partition, 0);
            LOG.warn("{} was made anew; it is read from its beginning", partition);
          }
        });
    missing = read.isEmpty() ? notThere() : "";
  }

  private void findPartitions() {
    List<TopicPartition> there = partitions(ANSWER);
    Set<TopicPartition> known = new HashSet<>(consumer.assignment());
    if (!known.equals(new HashSet<>(there))) {
      consumer.assign(there);
      there.stream()
          .filter(partition -> !known.contains(partition))
          .forEach(partition -> consumer.seek(partition, 0));
      behind.retainAll(there);
    }
  }

  private String notThere() {
    return "there is no topic " + topic;
  }

  private List<TopicPartition> partitions(Duration timeout) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic, timeout);
    if (infos == null) {
      return List.of();
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }
}
