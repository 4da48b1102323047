package coarsen.pipeline;

import coarsen.pipeline.batch.ReadingBatch;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Hands batches on and counts, as Beam metrics: {@code readings}, {@code late} ones among them,
 * {@code rejected.REASON}, and {@code outOfOrder.STEP} of {@link OutOfOrder} for readings that were
 * not late. Keeps when batches came, {@code atMillis}, and how far readings were out of order,
 * {@code outOfOrderMillis}.
 */
final class CountReadings extends DoFn<ReadingBatch, ReadingBatch> {
  private static final long serialVersionUID = 1L;

  static final String REJECTED = "rejected.";
  static final String OUT_OF_ORDER = "outOfOrder.";

  private static final Counter READINGS = Metrics.counter(CountReadings.class, "readings");
  private static final Counter LATE = Metrics.counter(CountReadings.class, "late");
  private static final Distribution AT = Metrics.distribution(CountReadings.class, "atMillis");
  private static final Distribution DISTANCE =
      Metrics.distribution(CountReadings.class, "outOfOrderMillis");

  @ProcessElement
  public void process(@Element ReadingBatch batch, OutputReceiver<ReadingBatch> counted) {
    AT.update(System.currentTimeMillis());
    READINGS.inc(batch.size());
    LATE.inc(batch.lateCount());
    for (ReadingBatch.Reject reject : batch.rejects()) {
      Metrics.counter(CountReadings.class, REJECTED + reject.reason()).inc();
    }
    countOutOfOrder(batch);
    counted.output(batch);
  }

  private static void countOutOfOrder(ReadingBatch batch) {
    Map<Integer, Long> counts = new TreeMap<>();
    long greatest = batch.greatestBefore();
    long farthest = 0;
    for (int i = 0; i < batch.size(); i++) {
      long ts = batch.tsMicros(i);
      if (ts >= greatest) {
        greatest = ts;
      } else if (!batch.late(i)) {
        counts.merge(OutOfOrder.step(greatest - ts), 1L, Long::sum);
        farthest = Math.max(farthest, greatest - ts);
      }
    }
    if (farthest > 0) {
      DISTANCE.update((farthest + 999) / 1_000);
    }
    counts.forEach(
        (step, count) -> Metrics.counter(CountReadings.class, OUT_OF_ORDER + step).inc(count));
  }
}
