package coarsen.pipeline.status;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.scope.MissedOffsets;
import coarsen.pipeline.scope.RunScope;
import org.apache.beam.sdk.transforms.DoFn;

/** Passes batches on and counts what is in them, as {@link RunMetrics}. */
public final class CountReadings extends DoFn<ReadingBatch, ReadingBatch> {
  private static final long serialVersionUID = 1L;

  private final String jobId;
  private transient RunScope.Lease lease;

  /** Counts the readings of a run. */
  public CountReadings(String jobId) {
    this.jobId = jobId;
  }

  @Setup
  public void setup() {
    lease = RunScope.lease(jobId);
  }

  @ProcessElement
  public void process(@Element ReadingBatch batch, OutputReceiver<ReadingBatch> counted) {
    RunMetrics.BATCH_AT_MILLIS.add(System.currentTimeMillis());
    RunMetrics.READINGS.add(batch.size());
    RunMetrics.LATE.add(batch.lateCount());
    if (batch.repeatedTimes() > 0) {
      RunMetrics.REPEATED_TIMES.add(batch.repeatedTimes());
    }
    for (RejectedMessage message : batch.rejects()) {
      RunMetrics.REJECTED.add(message.reason(), 1);
    }
    batch.outOfOrder().forEach(RunMetrics.OUT_OF_ORDER::add);
    if (batch.maxOutOfOrder() > 0) {
      RunMetrics.OUT_OF_ORDER_MILLIS.add((batch.maxOutOfOrder() + 999) / 1_000);
    }
    RunMetrics.MISSED_OFFSETS.add(MissedOffsets.in(lease.scope()).take());
    counted.output(batch);
  }

  @Teardown
  public void teardown() {
    lease.close();
  }
}
