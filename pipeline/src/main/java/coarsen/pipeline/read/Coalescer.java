package coarsen.pipeline.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes few records of many, each of which frames a run of them.
 *
 * @param maxRecords in a frame, at least 1
 * @param maxBytes of a frame; a single record may have more
 * @param keysAndHeaders whether frames carry those
 */
record Coalescer(int maxRecords, int maxBytes, boolean keysAndHeaders) {
  /** A batch of 20,000 small readings has some 1.5 MB; a frame is copied while it is read. */
  static final int MAX_BYTES = 8 << 20;

  /** Frames for records of one partition in offset order; none for none. */
  List<ConsumerRecord<byte[], byte[]>> coalesce(List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> frames = new ArrayList<>();
    BatchFrameBuilder frame = null;
    int left = records.size();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      int size = BatchFrameBuilder.size(record, keysAndHeaders);
      if (frame != null && isFull(frame, size)) {
        frames.add(frame.build());
        frame = null;
      }
      if (frame == null) {
        frame = new BatchFrameBuilder(record, capacity(left, size), keysAndHeaders);
      }
      frame.add(record, size);
      left--;
    }
    if (frame != null) {
      frames.add(frame.build());
    }
    return frames;
  }

  private boolean isFull(BatchFrameBuilder frame, int nextSize) {
    return frame.count() == maxRecords || frame.bytes() > maxBytes - nextSize;
  }

  /** As if all records were about as long as the first: most are. */
  private int capacity(int records, int firstSize) {
    long all = (long) Math.min(records, maxRecords) * (firstSize + firstSize / 8);
    return (int) Math.max(firstSize, Math.min(maxBytes, all));
  }
}
