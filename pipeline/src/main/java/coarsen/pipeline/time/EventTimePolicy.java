package coarsen.pipeline.time;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.EventTime;
import java.time.InstantSource;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/** Reports to Beam what the clock of a partition says. */
public final class EventTimePolicy extends TimestampPolicy<byte[], ReadingBatch> {
  private final PartitionClocks clocks;
  private final int partition;
  private final WindowAssigner windows;
  private final InstantSource now;

  /** The policy of one partition, for one reader. */
  public EventTimePolicy(
      PartitionClocks clocks, int partition, WindowAssigner windows, InstantSource now) {
    this.clocks = clocks;
    this.partition = partition;
    this.windows = windows;
    this.now = now;
  }

  /** The earliest event time in a batch that reaches a window; without one, the watermark. */
  @Override
  public Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], ReadingBatch> record) {
    ReadingBatch batch = record.getKV().getValue();
    return batch.lateCount() == batch.size()
        ? toBeam(clocks.partition(partition).watermark())
        : toBeam(windows.elementTime(batch.earliestInTime()));
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    return toBeam(clocks.advance(partition, EventTime.ofInstant(now.instant())));
  }

  private static Instant toBeam(long micros) {
    if (micros <= PartitionClock.NEVER) {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
    if (micros >= PartitionClock.FINISHED) {
      return BoundedWindow.TIMESTAMP_MAX_VALUE;
    }
    return Instant.ofEpochMilli(Math.floorDiv(micros, 1_000L));
  }
}
