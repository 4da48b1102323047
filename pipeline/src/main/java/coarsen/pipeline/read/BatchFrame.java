package coarsen.pipeline.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.pipeline.format.Message;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Several records of a partition in the value of one. It lives between a consumer's poll and the
 * deserializer, within one JVM.
 *
 * <p>Layout: partition, number of records, whether keys and headers are there; then of each record
 * its offset, its Kafka timestamp in milliseconds, its value, and, if they are there, its key, the
 * number of headers, and name and value of each. Bytes have their length before them, −1 for none.
 *
 * <p>As a {@link Message} it is the record that {@link #next} went to.
 */
final class BatchFrame implements Message {
  private static final int HEADER = Integer.BYTES + Integer.BYTES + 1;
  private static final int RECORD_HEADER = Long.BYTES + Long.BYTES;
  private static final int NONE = -1;

  private final ByteBuffer buffer;
  private final int partition;
  private final int count;
  private final boolean keysAndHeaders;
  private long offset;
  private long kafkaMillis;
  private int start;
  private int length;
  private byte @Nullable [] key;
  private Map<String, byte[]> headers = Map.of();

  private BatchFrame(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
    partition = buffer.getInt();
    count = buffer.getInt();
    keysAndHeaders = buffer.get() != 0;
  }

  /** Opens a frame before its first record. */
  static BatchFrame open(byte[] bytes) {
    return new BatchFrame(bytes);
  }

  /**
   * One record that frames others.
   *
   * @param records of one partition, in offset order, at least one
   * @param bytes their {@link #size} together, which was found while they were collected: to visit
   *     all records once more would cost a third of the framing
   * @param keysAndHeaders whether to copy those
   */
  static ConsumerRecord<byte[], byte[]> of(
      List<ConsumerRecord<byte[], byte[]>> records, int bytes, boolean keysAndHeaders) {
    ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER + bytes)
            .putInt(last.partition())
            .putInt(records.size())
            .put((byte) (keysAndHeaders ? 1 : 0));
    for (ConsumerRecord<byte[], byte[]> record : records) {
      frame.putLong(record.offset()).putLong(record.timestamp());
      put(frame, record.value());
      if (keysAndHeaders) {
        put(frame, record.key());
        Header[] headers = record.headers().toArray();
        frame.putInt(headers.length);
        for (Header header : headers) {
          put(frame, header.key().getBytes(UTF_8));
          put(frame, header.value());
        }
      }
    }
    // With the last offset, behind which KafkaIO continues.
    return new ConsumerRecord<>(last.topic(), last.partition(), last.offset(), null, frame.array());
  }

  /** A frame of a single record. */
  static ConsumerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, boolean keysAndHeaders) {
    return of(List.of(record), size(record, keysAndHeaders), keysAndHeaders);
  }

  /** Bytes that a record takes in a frame. */
  static int size(ConsumerRecord<byte[], byte[]> record, boolean keysAndHeaders) {
    int size = RECORD_HEADER + size(record.value());
    if (keysAndHeaders) {
      size += size(record.key()) + Integer.BYTES;
      for (Header header : record.headers()) {
        size += size(header.key().getBytes(UTF_8)) + size(header.value());
      }
    }
    return size;
  }

  private static int size(byte @Nullable [] bytes) {
    return Integer.BYTES + (bytes == null ? 0 : bytes.length);
  }

  private static void put(ByteBuffer to, byte @Nullable [] bytes) {
    if (bytes == null) {
      to.putInt(NONE);
    } else {
      to.putInt(bytes.length).put(bytes);
    }
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
    if (keysAndHeaders) {
      key = take();
      headers = takeHeaders();
    }
    return true;
  }

  private byte @Nullable [] take() {
    int size = buffer.getInt();
    if (size == NONE) {
      return null;
    }
    byte[] bytes = new byte[size];
    buffer.get(bytes);
    return bytes;
  }

  private Map<String, byte[]> takeHeaders() {
    Map<String, byte[]> taken = new LinkedHashMap<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      byte[] name = take();
      byte[] value = take();
      if (name != null && value != null) {
        taken.put(new String(name, UTF_8), value);
      }
    }
    return Collections.unmodifiableMap(taken);
  }

  /** The record's offset. */
  long offset() {
    return offset;
  }

  @Override
  public long kafkaMillis() {
    return kafkaMillis;
  }

  @Override
  public boolean hasValue() {
    return length != NONE;
  }

  @Override
  public byte[] bytes() {
    return buffer.array();
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte @Nullable [] key() {
    return key;
  }

  @Override
  public Map<String, byte[]> headers() {
    return headers;
  }
}
