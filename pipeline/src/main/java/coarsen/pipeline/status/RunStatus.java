package coarsen.pipeline.status;

import coarsen.pipeline.scope.MissedOffsets;
import coarsen.pipeline.scope.RunScope;
import coarsen.records.Fidelity;
import coarsen.records.RejectReason;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * What a run has done so far: a snapshot, which never changes. Of a run that is going on it has
 * what the engine knows at that time: Flink knows nothing before the end.
 *
 * @param readings what was read
 * @param fields what was read and is neither a reading nor rejected
 * @param windows what was written of windows
 * @param fidelity how much of the readings the rows preserve that were written in this JVM; no rows
 *     are, where the engine's workers are other JVMs
 * @param firstBatchAt when the first batch came; empty before that
 */
public record RunStatus(
    Readings readings,
    Fields fields,
    Windows windows,
    Fidelity fidelity,
    Optional<Instant> firstBatchAt) {

  /**
   * What was read.
   *
   * @param count readings, late ones included
   * @param late readings that came too late for their windows
   * @param times timestamps that need a word
   * @param rejected messages that are not readings, by reason
   * @param missedOffsets offsets that were gone from the source before they were read
   * @param outOfOrder how far readings were out of order, with advice
   */
  public record Readings(
      long count,
      long late,
      Times times,
      Map<RejectReason, Long> rejected,
      long missedOffsets,
      OutOfOrder outOfOrder) {}

  /**
   * Fields of line protocol that are neither readings nor rejected.
   *
   * @param notNumbers those that hold text or booleans
   * @param notChosen those that hold numbers and were not chosen
   */
  public record Fields(long notNumbers, long notChosen) {}

  /**
   * Timestamps that need a word.
   *
   * @param repeated readings whose local time their zone has twice; the earlier was taken
   * @param implausible messages whose Kafka timestamp cannot be true; it counts as none
   * @param shortUnit readings of 1970 that fit their Kafka timestamps in a longer unit
   */
  public record Times(long repeated, long implausible, long shortUnit) {}

  /**
   * What was written of windows.
   *
   * @param count windows that have a row
   * @param corrections rows that replaced the row of a window which had been written as complete
   * @param droppedByEngine partial sums that the engine dropped as late, by its own count. It never
   *     should: what is late is found, marked and counted before.
   */
  public record Windows(long count, long corrections, long droppedByEngine) {}

  /**
   * The status of a run now.
   *
   * @param result of the pipeline that was started
   * @param scope of the run in this JVM
   */
  public static RunStatus of(PipelineResult result, RunScope scope) {
    MetricQueryResults metrics = result.metrics().queryMetrics(MetricsFilter.builder().build());
    OptionalLong firstBatch = RunMetrics.BATCH_AT_MILLIS.min(metrics);
    return new RunStatus(
        readings(metrics, MissedOffsets.in(scope).get()),
        new Fields(RunMetrics.NOT_NUMBERS.in(metrics), RunMetrics.NOT_CHOSEN.in(metrics)),
        new Windows(
            RunMetrics.WINDOWS.in(metrics),
            RunMetrics.CORRECTIONS.in(metrics),
            RunMetrics.droppedByEngine(metrics)),
        RunFidelity.in(scope).total(),
        firstBatch.isPresent()
            ? Optional.of(Instant.ofEpochMilli(firstBatch.getAsLong()))
            : Optional.empty());
  }

  /**
   * @param missedSinceBatch offsets that were found missing in this JVM after the last batch
   */
  private static Readings readings(MetricQueryResults metrics, long missedSinceBatch) {
    long count = RunMetrics.READINGS.in(metrics);
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    RunMetrics.REJECTED
        .in(metrics)
        .forEach((reason, n) -> rejected.put(RejectReason.valueOf(reason), n));
    var steps = new TreeMap<Integer, Long>();
    RunMetrics.OUT_OF_ORDER.in(metrics).forEach((step, n) -> steps.put(Integer.valueOf(step), n));
    long maxMillis = RunMetrics.OUT_OF_ORDER_MILLIS.max(metrics).orElse(0);
    return new Readings(
        count,
        RunMetrics.LATE.in(metrics),
        new Times(
            RunMetrics.REPEATED_TIMES.in(metrics),
            RunMetrics.IMPLAUSIBLE_TIMESTAMPS.in(metrics),
            RunMetrics.SHORT_UNIT.in(metrics)),
        Collections.unmodifiableMap(rejected),
        RunMetrics.MISSED_OFFSETS.in(metrics) + missedSinceBatch,
        new OutOfOrder(steps, count, maxMillis));
  }
}
