package coarsen.pipeline.write;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to a topic, and waits for the broker to have them when a bundle ends. Rows that name
 * their source partition stay in order within it; the others go by key.
 */
final class TopicSink implements RowSink {
  private static final Duration KEPT_UNUSED = Duration.ofSeconds(30);

  private final Location.Topic topic;
  private final Producer<byte[], byte[]> producer;
  private final int partitions;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  TopicSink(Location.Topic topic, KafkaClients kafka) {
    this(topic, kafka.producer(Map.of()));
  }

  /**
   * @param producer closed with this sink, and at once if this fails
   */
  TopicSink(Location.Topic topic, Producer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
    boolean opened = false;
    try {
      partitions = producer.partitionsFor(topic.name()).size();
      opened = true;
    } finally {
      if (!opened) {
        producer.close(Duration.ZERO);
      }
    }
  }

  @Override
  public void write(RowBuffer rows) {
    check();
    rows.forEach(
        (key, row, sourcePartition) -> {
          Integer partition = sourcePartition < 0 ? null : sourcePartition % partitions;
          var unused =
              producer.send(
                  new ProducerRecord<>(topic.name(), partition, key, row),
                  (metadata, e) -> failure.compareAndSet(null, e));
        });
  }

  @Override
  public void endBundle() {
    producer.flush();
    check();
  }

  /** Spark's runner creates and tears down all users in each micro-batch; producers are costly. */
  @Override
  public Duration keptUnused() {
    return KEPT_UNUSED;
  }

  @Override
  public void close() {
    producer.close();
    check();
  }

  private void check() {
    Exception e = failure.get();
    if (e != null) {
      throw new OutputException(topic, e);
    }
  }
}
