package coarsen.engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes readings to a topic of a real broker. */
final class ReadingWriter implements AutoCloseable {
  private static final Instant START = Instant.parse("2021-01-23T12:00:00Z");

  private final String topic;
  private final Producer<byte[], byte[]> producer;

  ReadingWriter(KafkaClients kafka, String topic, int partitions) {
    this(kafka, topic, partitions, Map.of(ProducerConfig.LINGER_MS_CONFIG, 20));
  }

  private ReadingWriter(
      KafkaClients kafka, String topic, int partitions, Map<String, Object> settings) {
    this.topic = topic;
    try (var topics = new Topics(kafka)) {
      var unused = topics.ensure(topic, partitions, line -> {});
    }
    producer = kafka.producer(settings);
  }

  /**
   * Creates a topic of three partitions with 130 committed and 70 aborted readings in transactions.
   * The last partition has only aborted ones, and the last transaction is aborted.
   */
  static void transactions(KafkaClients kafka, String topic) {
    try (var writer =
        new ReadingWriter(kafka, topic, 3, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic))) {
      writer.producer.initTransactions();
      for (int i = 0; i < 20; i++) {
        boolean commit = i * 7 % 20 < 13;
        writer.producer.beginTransaction();
        for (int k = 0; k < 10; k++) {
          writer.write(k % (commit ? 2 : 3), START.plusMillis(100 * i + k), k);
        }
        if (commit) {
          writer.producer.commitTransaction();
        } else {
          writer.producer.abortTransaction();
        }
      }
    }
  }

  /**
   * Writes 500 readings per second of event time to all partitions but the last, which stays
   * unused. Partition 0 is 60 s behind the others. It and partition 1 get twice as many as each
   * other one.
   */
  void skewed(int count, int partitions) {
    var random = new SplittableRandom(5);
    for (int i = 0; i < count; i++) {
      int partition = Math.max(1, random.nextInt(partitions + 1)) - 1;
      if (partition >= partitions - 1) {
        partition = 1;
      }
      write(
          partition, START.plusMillis(2L * i - (partition == 0 ? 60_000 : 0)), random.nextInt(100));
    }
    producer.flush();
  }

  void write(int partition, Instant ts, int value) {
    write(partition, "{\"ts\":\"%s\",\"value\":%d}".formatted(ts, value));
  }

  /** Writes a message that need not be a reading. */
  void write(int partition, String message) {
    var unused =
        producer.send(new ProducerRecord<>(topic, partition, null, message.getBytes(UTF_8)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
