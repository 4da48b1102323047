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
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      int size = BatchFrame.size(records.get(i), keysAndHeaders);
      if (i > from && (i - from == maxRecords || bytes > maxBytes - size)) {
        frames.add(BatchFrame.of(records.subList(from, i), bytes, keysAndHeaders));
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (from < records.size()) {
      frames.add(BatchFrame.of(records.subList(from, records.size()), bytes, keysAndHeaders));
    }
    return frames;
  }
}
