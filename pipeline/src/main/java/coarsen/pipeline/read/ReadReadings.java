package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.records.EventTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.io.kafka.DeserializerProvider;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a topic through KafkaIO as batches of readings, in the global window. An element's time is
 * the earliest event time of its readings that are not late.
 */
public final class ReadReadings extends PTransform<PBegin, PCollection<ReadingBatch>> {
  private static final long serialVersionUID = 1L;

  private final ReadPlan plan;

  private ReadReadings(ReadPlan plan) {
    this.plan = plan;
  }

  /** Reads what the plan says. */
  public static ReadReadings from(ReadPlan plan) {
    return new ReadReadings(plan);
  }

  /** Forgets what the run kept in this JVM; for its end. */
  public static void close(ReadPlan plan) {
    PartitionClocks.forget(plan.runId());
  }

  @Override
  public PCollection<ReadingBatch> expand(PBegin begin) {
    List<TopicPartition> partitions =
        plan.startOffsets().keySet().stream()
            .map(partition -> new TopicPartition(plan.topic(), partition))
            .toList();
    if (plan.sources() != Sources.ONE_A_PARTITION) {
      return read(begin, "Poll", partitions).apply("Batches", Values.create());
    }
    PCollectionList<KV<byte[], ReadingBatch>> apart = PCollectionList.empty(begin.getPipeline());
    for (TopicPartition partition : partitions) {
      apart = apart.and(read(begin, "Poll" + partition.partition(), List.of(partition)));
    }
    return apart.apply("Partitions", Flatten.pCollections()).apply("Batches", Values.create());
  }

  private PCollection<KV<byte[], ReadingBatch>> read(
      PBegin begin, String name, List<TopicPartition> partitions) {
    ReadPlan readPlan = plan;
    return begin.apply(
        name,
        KafkaIO.<byte[], ReadingBatch>read()
            .withBootstrapServers(plan.kafka().bootstrapServers())
            .withConsumerConfigUpdates(
                Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, plan.maxBatch()))
            .withTopicPartitions(partitions)
            .withConsumerFactoryFn(
                config -> {
                  Map<String, Object> merged =
                      new java.util.HashMap<>(readPlan.kafka().consumerDefaults());
                  merged.putAll(config);
                  return new CoalescingConsumer(readPlan, merged);
                })
            .withKeyDeserializer(ByteArrayDeserializer.class)
            .withValueDeserializer(new BatchDeserializers(plan))
            .withTimestampPolicyFactory(policies(plan))
            .withoutMetadata());
  }

  private static TimestampPolicyFactory<byte[], ReadingBatch> policies(ReadPlan plan) {
    return (topicPartition, previous) -> {
      PartitionClocks clocks = PartitionClocks.of(plan);
      int partition = topicPartition.partition();
      clocks.partition(partition).restored(restored(previous));
      return new EventTimePolicy(
          clocks, partition, plan.rules().windowMicros(), InstantSource.system());
    };
  }

  private static long restored(Optional<org.joda.time.Instant> watermark) {
    return watermark
        .map(org.joda.time.Instant::getMillis)
        .filter(millis -> millis > EventTime.MIN_MICROS / 1_000)
        .map(millis -> millis * 1_000)
        .orElse(PartitionClock.NEVER);
  }

  private record BatchDeserializers(ReadPlan plan) implements DeserializerProvider<ReadingBatch> {
    @Override
    public Deserializer<ReadingBatch> getDeserializer(Map<String, ?> configs, boolean isKey) {
      return new BatchDeserializer(plan, InstantSource.system());
    }

    @Override
    public Coder<ReadingBatch> getCoder(CoderRegistry coderRegistry) {
      return ReadingBatchCoder.of();
    }
  }
}
