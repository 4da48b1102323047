package coarsen.pipeline.read;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads messages as a run does, by the same code, without starting one: for commands that tell what
 * a run would do. Warns of nothing in the log.
 */
public final class TrialRead {
  private TrialRead() {}

  /**
   * Reads messages.
   *
   * @param records by partition, in offset order
   * @return one batch for each partition that has messages
   */
  public static List<ReadingBatch> read(
      SortedMap<Integer, List<ConsumerRecord<byte[], byte[]>>> records,
      InputFormat format,
      EventTimeRules rules,
      InstantSource now) {
    var starts = new TreeMap<Integer, Long>();
    records.forEach((partition, list) -> starts.put(partition, 0L));
    String jobId = "trial-" + UUID.randomUUID();
    // Nothing is asked of Kafka: the messages are here.
    var source =
        new SourceTopic(new KafkaClients(""), "trial", starts, Collections.emptySortedMap());
    var plan = new ReadPlan(jobId, source, format, rules, 1, PartitionGrouping.TOGETHER);
    try {
      var unused =
          RunScope.of(jobId)
              .part(InputWarnings.class, () -> new InputWarnings(System::nanoTime, line -> {}));
      List<ReadingBatch> batches = new ArrayList<>();
      try (var deserializer = new BatchDeserializer(plan, now)) {
        for (List<ConsumerRecord<byte[], byte[]>> list : records.values()) {
          if (!list.isEmpty()) {
            byte[] frame = frame(list, format.readsKeyAndHeaders());
            batches.add(deserializer.deserialize(source.name(), frame));
          }
        }
      }
      return batches;
    } finally {
      RunScope.end(jobId);
    }
  }

  private static byte[] frame(
      List<ConsumerRecord<byte[], byte[]>> records, boolean keysAndHeaders) {
    var builder = new BatchFrameBuilder(records.get(0), 0, keysAndHeaders);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      builder.add(record, BatchFrameBuilder.size(record, keysAndHeaders));
    }
    return builder.build().value();
  }
}
