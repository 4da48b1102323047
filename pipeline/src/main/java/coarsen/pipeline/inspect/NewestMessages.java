package coarsen.pipeline.inspect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the last messages before the ends of partitions. */
final class NewestMessages {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  /** Compacted topics and transactions have offsets without a message, so it looks further back. */
  private static final List<Integer> REACHES = List.of(1, 10, 100);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;

  NewestMessages(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
  }

  /** What is wanted of a partition, and found so far. */
  private static final class Part {
    final int share;
    final long oldest;
    final long end;
    final Deque<ConsumerRecord<byte[], byte[]>> newest = new ArrayDeque<>();
    long start;

    Part(int share, long oldest, long end) {
      this.share = share;
      this.oldest = oldest;
      this.end = end;
      start = end;
    }

    /** Whether there may be more before those that were found. */
    boolean wantsMore() {
      return newest.size() < share && start > oldest;
    }

    void reach(int times) {
      newest.clear();
      start = Math.max(oldest, end - (long) times * share);
    }

    void add(ConsumerRecord<byte[], byte[]> message) {
      if (message.offset() < end) {
        newest.addLast(message);
        if (newest.size() > share) {
          newest.removeFirst();
        }
      }
    }
  }

  /**
   * Reads messages.
   *
   * @param shares by partition, how many at most
   * @param oldest by partition, the first offset
   * @param ends by partition, the offset to stop before
   * @return by partition, in offset order
   * @throws TimeoutException if the broker stops answering
   */
  SortedMap<Integer, List<ConsumerRecord<byte[], byte[]>>> read(
      SortedMap<Integer, Integer> shares,
      SortedMap<Integer, Long> oldest,
      SortedMap<Integer, Long> ends) {
    var parts = new TreeMap<Integer, Part>();
    shares.forEach(
        (partition, share) ->
            parts.put(
                partition,
                new Part(
                    share, oldest.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L))));
    for (int times : REACHES) {
      Map<TopicPartition, Part> wanting = new HashMap<>();
      parts.forEach(
          (partition, part) -> {
            if (part.wantsMore()) {
              part.reach(times);
              wanting.put(new TopicPartition(topic, partition), part);
            }
          });
      readToEnds(wanting);
    }
    var found = new TreeMap<Integer, List<ConsumerRecord<byte[], byte[]>>>();
    parts.forEach((partition, part) -> found.put(partition, new ArrayList<>(part.newest)));
    return found;
  }

  private void readToEnds(Map<TopicPartition, Part> parts) {
    consumer.assign(parts.keySet());
    consumer.resume(parts.keySet()); // Those that were assigned before are still paused.
    parts.forEach((partition, part) -> consumer.seek(partition, part.start));
    Map<TopicPartition, Part> unread = new HashMap<>(parts);
    long heardAt = System.nanoTime();
    while (!unread.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heardAt = System.nanoTime();
        Part part = unread.get(new TopicPartition(topic, message.partition()));
        if (part != null) {
          part.add(message);
        }
      }
      // The position counts, for the marker that ends a transaction has an offset as well.
      unread.entrySet().removeIf(part -> consumer.position(part.getKey()) >= part.getValue().end);
      consumer.pause(parts.keySet().stream().filter(part -> !unread.containsKey(part)).toList());
      if (System.nanoTime() - heardAt > PATIENCE_NANOS) {
        throw new TimeoutException("no answer with messages of " + unread.keySet());
      }
    }
  }
}
