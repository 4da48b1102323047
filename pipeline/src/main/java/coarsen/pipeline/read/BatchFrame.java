package coarsen.pipeline.read;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Several records of a partition in the value of one: the partition, the number of records, and of
 * each its offset, its Kafka timestamp in milliseconds, the length of its value (−1 for none) and
 * the value. It lives between a consumer's poll and the deserializer, within one JVM.
 */
final class BatchFrame {
  private static final int HEADER = Integer.BYTES + Integer.BYTES;
  private static final int RECORD_HEADER = Long.BYTES + Long.BYTES + Integer.BYTES;
  private static final int NO_VALUE = -1;

  private final ByteBuffer buffer;
  private final int partition;
  private final int count;
  private long offset;
  private long kafkaMillis;
  private int start;
  private int length;

  private BatchFrame(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
    partition = buffer.getInt();
    count = buffer.getInt();
  }

  /** One record for {@code records}, of one partition, in offset order, at least one. */
  static ConsumerRecord<byte[], byte[]> coalesce(List<ConsumerRecord<byte[], byte[]>> records) {
    int size = HEADER;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      size += RECORD_HEADER + (record.value() == null ? 0 : record.value().length);
    }
    ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
    ByteBuffer frame = ByteBuffer.allocate(size).putInt(last.partition()).putInt(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte[] value = record.value();
      frame.putLong(record.offset()).putLong(record.timestamp());
      if (value == null) {
        frame.putInt(NO_VALUE);
      } else {
        frame.putInt(value.length).put(value);
      }
    }
    // The last offset: KafkaIO goes on behind it.
    return new ConsumerRecord<>(last.topic(), last.partition(), last.offset(), null, frame.array());
  }

  /** Opens a frame before its first record. */
  static BatchFrame open(byte[] bytes) {
    return new BatchFrame(bytes);
  }

  int partition() {
    return partition;
  }

  int count() {
    return count;
  }

  /** Goes to the next record; false behind the last. */
  boolean next() {
    if (!buffer.hasRemaining()) {
      return false;
    }
    offset = buffer.getLong();
    kafkaMillis = buffer.getLong();
    length = buffer.getInt();
    start = buffer.position();
    buffer.position(start + Math.max(0, length));
    return true;
  }

  long offset() {
    return offset;
  }

  /** The record's Kafka timestamp, milliseconds since 1970; negative if it has none. */
  long kafkaMillis() {
    return kafkaMillis;
  }

  boolean hasValue() {
    return length != NO_VALUE;
  }

  byte[] bytes() {
    return buffer.array();
  }

  /** Where in {@link #bytes} the value begins. */
  int start() {
    return start;
  }

  /** Bytes of the value. */
  int length() {
    return length;
  }
}
