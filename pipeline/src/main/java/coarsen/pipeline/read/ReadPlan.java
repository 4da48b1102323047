package coarsen.pipeline.read;

import coarsen.kafka.KafkaClients;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run reads, and how.
 *
 * @param runId names the run within a JVM, where several may follow one another
 * @param topic the topic
 * @param startOffsets for each partition, the first offset to read
 * @param endOffsets for each partition, the offset to stop before; empty for a run without end
 * @param kafka where the topic is
 * @param format how messages are to be understood
 * @param rules the rules of event time
 * @param maxBatch readings in a batch at most
 * @param sources how partitions become sources of the engine
 */
public record ReadPlan(
    String runId,
    String topic,
    SortedMap<Integer, Long> startOffsets,
    SortedMap<Integer, Long> endOffsets,
    KafkaClients kafka,
    InputFormat format,
    EventTimeRules rules,
    int maxBatch,
    Sources sources)
    implements Serializable {

  /** Keeps its own, unmodifiable maps. */
  public ReadPlan {
    startOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(startOffsets));
    endOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(endOffsets));
  }
}
