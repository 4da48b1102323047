package coarsen.pipeline.read;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.time.EventTimePolicy;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import java.time.InstantSource;
import java.util.HashMap;
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
import org.apache.kafka.clients.consumer.Consumer;
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

  @Override
  public PCollection<ReadingBatch> expand(PBegin begin) {
    List<TopicPartition> partitions =
        plan.source().startOffsets().keySet().stream().map(plan.source()::partition).toList();
    if (plan.grouping() != PartitionGrouping.APART) {
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
            .withBootstrapServers(plan.source().kafka().bootstrapServers())
            .withConsumerConfigUpdates(consumerConfig())
            .withTopicPartitions(partitions)
            .withConsumerFactoryFn(config -> consumer(readPlan, config))
            .withKeyDeserializer(ByteArrayDeserializer.class)
            .withValueDeserializer(new BatchDeserializers(plan))
            .withTimestampPolicyFactory(policies(plan))
            .withoutMetadata());
  }

  /**
   * KafkaIO adds its own defaults where it is given none, and passes all of them to the factory.
   */
  private Map<String, Object> consumerConfig() {
    Map<String, Object> config = new HashMap<>(plan.source().kafka().consumerDefaults());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, plan.maxBatch());
    return config;
  }

  /** The user's settings are added here, not in what KafkaIO is given, because it shows that. */
  private static Consumer<byte[], byte[]> consumer(ReadPlan plan, Map<String, Object> ofKafkaIo) {
    KafkaClients kafka = plan.source().kafka();
    Map<String, Object> config = new HashMap<>(ofKafkaIo);
    config.keySet().removeAll(kafka.settings().names());
    Map<String, Object> guarded = new HashMap<>(config);
    guarded.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // OffsetGuard does it.
    return CoalescingConsumer.wrap(
        plan,
        kafka.consumer(guarded),
        settings -> {
          Map<String, Object> other = new HashMap<>(config);
          other.putAll(settings);
          return kafka.consumer(other);
        });
  }

  private static TimestampPolicyFactory<byte[], ReadingBatch> policies(ReadPlan plan) {
    return (topicPartition, previous) -> {
      PartitionClocks clocks = plan.clocks();
      int partition = topicPartition.partition();
      clocks.partition(partition).restored(restored(previous));
      return new EventTimePolicy(clocks, partition, plan.rules().windows(), InstantSource.system());
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
