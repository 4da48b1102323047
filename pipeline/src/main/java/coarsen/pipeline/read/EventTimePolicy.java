package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.EventTime;
import java.time.InstantSource;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** Tells Beam what the clock of a partition says. */
final class EventTimePolicy extends TimestampPolicy<byte[], ReadingBatch> {
  private final PartitionClocks clocks;
  private final int partition;
  private final long windowMicros;
  private final InstantSource now;

  EventTimePolicy(PartitionClocks clocks, int partition, long windowMicros, InstantSource now) {
    this.clocks = clocks;
    this.partition = partition;
    this.windowMicros = windowMicros;
    this.now = now;
  }

  /**
   * The earliest event time in a batch that will reach a window. Before 1970 it is the start of the
   * window, since Beam's FixedWindows misplaces every other time there; see {@code
   * coarsen.pipeline.reduce}, which does the same.
   */
  @Override
  public org.joda.time.Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], ReadingBatch> record) {
    ReadingBatch batch = record.getKV().getValue();
    long earliest = PartitionClock.FINISHED;
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.late(i)) {
        earliest = Math.min(earliest, batch.tsMicros(i));
      }
    }
    if (earliest == PartitionClock.FINISHED) {
      return toBeam(clocks.partition(partition).watermark());
    }
    return toBeam(earliest < 0 ? EventTime.windowStart(earliest, windowMicros) : earliest);
  }

  @Override
  public org.joda.time.Instant getWatermark(PartitionContext context) {
    return toBeam(clocks.advance(partition, EventTime.ofInstant(now.instant())));
  }

  private static org.joda.time.Instant toBeam(long micros) {
    if (micros <= PartitionClock.NEVER) {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
    if (micros >= PartitionClock.FINISHED) {
      return BoundedWindow.TIMESTAMP_MAX_VALUE;
    }
    return org.joda.time.Instant.ofEpochMilli(Math.floorDiv(micros, 1_000L));
  }
}
