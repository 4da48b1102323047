package coarsen.outputs;

import coarsen.kafka.NativeCodecs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Finds and assigns the partitions of a topic, outside of any consumer group. */
final class TopicPartitions {
  /** How long the broker may take to answer the first requests. */
  static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  private TopicPartitions() {}

  /** The partitions; none if there is no such topic. */
  static List<TopicPartition> find(
      Consumer<byte[], byte[]> consumer, String topic, Duration timeout) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic, timeout);
    if (infos == null) {
      return List.of();
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /**
   * Assigns partitions to a consumer, each with a backlog of at most {@code last} messages.
   *
   * @return the bounds of each
   */
  static TopicBounds assign(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long last) {
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, FIRST_ANSWER);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, FIRST_ANSWER);
    ends.forEach(
        (partition, end) ->
            consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - last)));
    return new TopicBounds(byNumber(beginnings), byNumber(ends));
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byNumber = new HashMap<>();
    offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    return byNumber;
  }

  /** What to say of a topic without partitions. */
  static String notThere(String topic) {
    return "there is no topic " + topic;
  }

  /** What to say if reading failed. */
  static String unreadable(String topic, Exception cause) {
    return "can't read topic "
        + topic
        + ": "
        + NativeCodecs.explain(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
  }
}
