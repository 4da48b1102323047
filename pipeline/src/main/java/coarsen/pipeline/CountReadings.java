package coarsen.pipeline;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.RejectReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Counts readings, late ones among them, and rejects by reason, as Beam metrics {@code readings},
 * {@code late} and {@code rejected.REASON}, and keeps when batches came, {@code atMillis}.
 */
final class CountReadings extends DoFn<ReadingBatch, Void> {
  private static final long serialVersionUID = 1L;
  private static final String REJECTED = "rejected.";
  private static final Counter READINGS = Metrics.counter(CountReadings.class, "readings");
  private static final Counter LATE = Metrics.counter(CountReadings.class, "late");

  private static final Distribution AT = Metrics.distribution(CountReadings.class, "atMillis");

  /**
   * What has been counted so far.
   *
   * @param firstAt when the first batch came; the end of time if none has
   */
  record Counts(long readings, long late, Map<RejectReason, Long> rejected, Instant firstAt) {}

  @ProcessElement
  public void process(@Element ReadingBatch batch) {
    AT.update(System.currentTimeMillis());
    READINGS.inc(batch.size());
    LATE.inc(batch.lateCount());
    for (ReadingBatch.Reject reject : batch.rejects()) {
      Metrics.counter(CountReadings.class, REJECTED + reject.reason()).inc();
    }
  }

  static Counts of(PipelineResult result) {
    MetricQueryResults counters =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(CountReadings.class))
                    .build());
    long readings = 0;
    long late = 0;
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    for (MetricResult<Long> counter : counters.getCounters()) {
      String name = counter.getName().getName();
      long count = counter.getAttempted();
      if (name.equals("readings")) {
        readings += count;
      } else if (name.equals("late")) {
        late += count;
      } else {
        rejected.merge(RejectReason.valueOf(name.substring(REJECTED.length())), count, Long::sum);
      }
    }
    Instant firstAt = Instant.MAX;
    for (MetricResult<DistributionResult> at : counters.getDistributions()) {
      firstAt = Instant.ofEpochMilli(at.getAttempted().getMin());
    }
    return new Counts(readings, late, rejected, firstAt);
  }
}
