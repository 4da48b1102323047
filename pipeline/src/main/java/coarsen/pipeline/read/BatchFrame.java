package coarsen.pipeline.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.pipeline.format.Message;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several records of a partition in the value of one. It lives between a consumer's poll and the
 * deserializer, within one JVM.
 *
 * <p>Layout: partition, number of records, whether keys and headers are there; then of each record
 * its offset, its Kafka timestamp in milliseconds, its value, and, if they are there, its key, the
 * number of headers, and name and value of each. Bytes have their length before them, −1 for none.
 * What follows the last record is unused.
 *
 * <p>As a {@link Message} it is the record that {@link #next} went to.
 */
final class BatchFrame implements Message {
  /** The length of bytes that are not there. */
  static final int NONE = -1;

  private final ByteBuffer buffer;
  private final int partition;
  private final int count;
  private final boolean keysAndHeaders;
  private int taken;
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

  int partition() {
    return partition;
  }

  int count() {
    return count;
  }

  /** Goes to the next record; false behind the last. */
  boolean next() {
    if (taken == count) {
      return false;
    }
    taken++;
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
    Map<String, byte[]> found = new LinkedHashMap<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      byte[] name = take();
      byte[] value = take();
      if (name != null && value != null) {
        found.put(new String(name, UTF_8), value);
      }
    }
    return Collections.unmodifiableMap(found);
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
