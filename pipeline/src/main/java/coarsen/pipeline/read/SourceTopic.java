package coarsen.pipeline.read;

import coarsen.kafka.KafkaClients;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic that one run reads, and which part of it.
 *
 * @param kafka where the topic is
 * @param name of the topic
 * @param startOffsets for each partition, the first offset to read
 * @param endOffsets for each partition, the offset to stop before; empty for a run without an end
 */
public record SourceTopic(
    KafkaClients kafka,
    String name,
    SortedMap<Integer, Long> startOffsets,
    SortedMap<Integer, Long> endOffsets)
    implements Serializable {

  /** Keeps its own, unmodifiable maps. */
  public SourceTopic {
    startOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(startOffsets));
    endOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(endOffsets));
  }

  /** Kafka's name of a partition. */
  TopicPartition partition(int number) {
    return new TopicPartition(name, number);
  }
}
