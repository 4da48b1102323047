package coarsen.pipeline.inspect;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.NativeCodecs;
import coarsen.kafka.Topics;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The newest messages of a topic, spread over its partitions.
 *
 * @param topic its name
 * @param oldest by partition, the offset of the oldest record
 * @param ends by partition, the offset at which a run that starts now finds the end
 * @param messages by partition, in offset order; none for a partition without any
 */
public record TopicSample(
    String topic,
    SortedMap<Integer, Long> oldest,
    SortedMap<Integer, Long> ends,
    SortedMap<Integer, List<ConsumerRecord<byte[], byte[]>>> messages) {

  /** Keeps its own, unmodifiable maps. */
  public TopicSample {
    oldest = Collections.unmodifiableSortedMap(new TreeMap<>(oldest));
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    messages = Collections.unmodifiableSortedMap(new TreeMap<>(messages));
  }

  /**
   * Reads messages: committed ones, unless the user's settings say otherwise.
   *
   * @param wanted how many at most
   * @throws CommandException if there is no such topic, or it can't be read
   */
  public static TopicSample take(KafkaClients kafka, Topics topics, String topic, int wanted) {
    List<TopicPartition> partitions = topics.partitions(topic);
    SortedMap<Integer, Long> oldest = topics.offsets(partitions, OffsetSpec.earliest());
    SortedMap<Integer, Long> ends = topics.offsets(partitions, OffsetSpec.latest());
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(Map.of())) {
      var newest = new NewestMessages(consumer, topic);
      return new TopicSample(
          topic, oldest, ends, newest.read(shares(wanted, oldest, ends), oldest, ends));
    } catch (TimeoutException e) {
      throw kafka.unavailable(e);
    } catch (KafkaException e) {
      throw CommandException.unavailable(
          "can't read topic '%s': %s"
              .formatted(
                  topic, NativeCodecs.explain(e).orElseGet(() -> String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** All messages, partition after partition. */
  Stream<ConsumerRecord<byte[], byte[]>> all() {
    return messages.values().stream().flatMap(List::stream);
  }

  /** By partition, the offset of the first message that was read. */
  public SortedMap<Integer, Long> firstOffsets() {
    var first = new TreeMap<Integer, Long>();
    messages.forEach(
        (partition, its) -> {
          if (!its.isEmpty()) {
            first.put(partition, its.get(0).offset());
          }
        });
    return first;
  }

  /** How many messages were read. */
  int size() {
    return messages.values().stream().mapToInt(List::size).sum();
  }

  /** How many offsets lie between the oldest record and the end, in all partitions. */
  long length() {
    return lengths(oldest, ends).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same number from each partition; what one does not have, from the others. */
  static SortedMap<Integer, Integer> shares(
      int wanted, SortedMap<Integer, Long> oldest, SortedMap<Integer, Long> ends) {
    var shares = new TreeMap<Integer, Integer>();
    int left = wanted;
    int partitions = ends.size();
    List<Map.Entry<Integer, Long>> shortestFirst =
        lengths(oldest, ends).entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    for (Map.Entry<Integer, Long> length : shortestFirst) {
      int share = (int) Math.min(length.getValue(), left / partitions--);
      shares.put(length.getKey(), share);
      left -= share;
    }
    return shares;
  }

  private static SortedMap<Integer, Long> lengths(
      SortedMap<Integer, Long> oldest, SortedMap<Integer, Long> ends) {
    var lengths = new TreeMap<Integer, Long>();
    ends.forEach(
        (partition, end) -> lengths.put(partition, end - oldest.getOrDefault(partition, end)));
    return lengths;
  }
}
