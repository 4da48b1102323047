package coarsen.pipeline.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Fills a {@link BatchFrame} with records of one partition, in offset order. Each record is visited
 * once, for records lie far apart in memory: to measure them all before would cost a third of the
 * framing.
 */
final class BatchFrameBuilder {
  private static final int HEADER = Integer.BYTES + Integer.BYTES + 1;
  private static final int RECORD_HEADER = Long.BYTES + Long.BYTES;

  private final boolean keysAndHeaders;
  private ByteBuffer frame;
  private ConsumerRecord<byte[], byte[]> last;
  private int count;

  /**
   * @param first the record that is added first
   * @param capacity the bytes of all records as far as can be told; the frame grows if need be
   * @param keysAndHeaders whether to copy those
   */
  BatchFrameBuilder(ConsumerRecord<byte[], byte[]> first, int capacity, boolean keysAndHeaders) {
    last = first;
    this.keysAndHeaders = keysAndHeaders;
    frame = ByteBuffer.allocate(HEADER + capacity).position(HEADER);
  }

  /** A frame of a single record. */
  static ConsumerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, boolean keysAndHeaders) {
    int size = size(record, keysAndHeaders);
    var builder = new BatchFrameBuilder(record, size, keysAndHeaders);
    builder.add(record, size);
    return builder.build();
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

  /** How many records it has. */
  int count() {
    return count;
  }

  /** The {@link #size} of its records together. */
  int bytes() {
    return frame.position() - HEADER;
  }

  /**
   * Copies a record.
   *
   * @param size what {@link #size} says of it
   */
  void add(ConsumerRecord<byte[], byte[]> record, int size) {
    if (frame.remaining() < size) {
      frame = ByteBuffer.allocate(2 * frame.capacity() + size).put(frame.flip());
    }
    count++;
    last = record;
    frame.putLong(record.offset()).putLong(record.timestamp());
    put(record.value());
    if (keysAndHeaders) {
      put(record.key());
      Header[] headers = record.headers().toArray();
      frame.putInt(headers.length);
      for (Header header : headers) {
        put(header.key().getBytes(UTF_8));
        put(header.value());
      }
    }
  }

  private void put(byte @Nullable [] bytes) {
    if (bytes == null) {
      frame.putInt(BatchFrame.NONE);
    } else {
      frame.putInt(bytes.length).put(bytes);
    }
  }

  /**
   * The record that frames those which were added, at least one. It has the offset of the last, for
   * KafkaIO continues behind it.
   */
  ConsumerRecord<byte[], byte[]> build() {
    frame
        .putInt(0, last.partition())
        .putInt(Integer.BYTES, count)
        .put(2 * Integer.BYTES, (byte) (keysAndHeaders ? 1 : 0));
    return new ConsumerRecord<>(last.topic(), last.partition(), last.offset(), null, frame.array());
  }
}
