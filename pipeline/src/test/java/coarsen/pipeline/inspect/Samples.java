package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Samples of topics that no broker has. */
final class Samples {
  private Samples() {}

  /** One partition with messages a millisecond apart. */
  static TopicSample of(long kafkaMillis, List<String> messages) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String message : messages) {
      records.add(record(records.size(), kafkaMillis + records.size(), message.getBytes(UTF_8)));
    }
    return of(records);
  }

  static TopicSample of(List<ConsumerRecord<byte[], byte[]>> records) {
    return new TopicSample(
        "readings",
        new TreeMap<>(Map.of(0, 0L)),
        new TreeMap<>(Map.of(0, (long) records.size())),
        new TreeMap<>(Map.of(0, records)));
  }

  static ConsumerRecord<byte[], byte[]> record(
      long offset, long kafkaMillis, byte @Nullable [] value) {
    return record(offset, kafkaMillis, null, value);
  }

  static ConsumerRecord<byte[], byte[]> record(
      long offset, long kafkaMillis, byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        "readings",
        0,
        offset,
        kafkaMillis,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
