package coarsen.pipeline.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of Kafka for tests, of topic {@code readings}. */
final class Records {
  private Records() {}

  static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, long kafkaMillis, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    return new ConsumerRecord<>(
        "readings",
        partition,
        offset,
        kafkaMillis,
        TimestampType.CREATE_TIME,
        -1,
        bytes == null ? -1 : bytes.length,
        null,
        bytes,
        new RecordHeaders(),
        Optional.empty());
  }
}
