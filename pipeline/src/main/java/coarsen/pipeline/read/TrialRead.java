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
  private static final int RECORDS_IN_A_BATCH = 20_000;

  private TrialRead() {}

  /**
   * Reads messages.
   *
   * @param records by partition, in offset order
   * @return batches, partition after partition
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
    var plan =
        new ReadPlan(jobId, source, format, rules, RECORDS_IN_A_BATCH, PartitionGrouping.TOGETHER);
    try {
      var unused =
          RunScope.of(jobId)
              .part(InputWarnings.class, () -> new InputWarnings(System::nanoTime, line -> {}));
      List<ReadingBatch> batches = new ArrayList<>();
      try (var deserializer = new BatchDeserializer(plan, now)) {
        var coalescer =
            new Coalescer(RECORDS_IN_A_BATCH, Coalescer.MAX_BYTES, format.readsKeyAndHeaders());
        for (List<ConsumerRecord<byte[], byte[]>> list : records.values()) {
          for (ConsumerRecord<byte[], byte[]> frame : coalescer.coalesce(list)) {
            batches.add(deserializer.deserialize(source.name(), frame.value()));
          }
        }
      }
      return batches;
    } finally {
      RunScope.end(jobId);
    }
  }
}
