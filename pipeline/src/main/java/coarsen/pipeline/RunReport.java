package coarsen.pipeline;

import coarsen.pipeline.reduce.ReduceToWindows;
import coarsen.records.EventTime;
import coarsen.records.Fidelity;
import coarsen.records.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** What a run did, from the engine's metrics. */
public final class RunReport {
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final OutOfOrder outOfOrder;
  private final Fidelity fidelity;
  private final Duration starting;
  private final Duration reading;
  private long droppedByEngine;

  RunReport(PipelineResult result, Instant startedAt, Instant endedAt, Fidelity fidelity) {
    this.fidelity = fidelity;
    MetricQueryResults metrics = result.metrics().queryMetrics(MetricsFilter.builder().build());
    var steps = new TreeMap<Integer, Long>();
    for (MetricResult<Long> counter : metrics.getCounters()) {
      MetricName name = counter.getName();
      long count = counter.getAttempted();
      if (name.getName().equals("droppedDueToLateness")) {
        droppedByEngine += count;
      } else if (name.getNamespace().equals(ReduceToWindows.class.getName())) {
        counts.merge(name.getName(), count, Long::sum);
      } else if (name.getNamespace().equals(CountReadings.class.getName())) {
        if (name.getName().startsWith(CountReadings.REJECTED)) {
          String reason = name.getName().substring(CountReadings.REJECTED.length());
          rejected.merge(RejectReason.valueOf(reason), count, Long::sum);
        } else if (name.getName().startsWith(CountReadings.OUT_OF_ORDER)) {
          String step = name.getName().substring(CountReadings.OUT_OF_ORDER.length());
          steps.merge(Integer.valueOf(step), count, Long::sum);
        } else {
          counts.merge(name.getName(), count, Long::sum);
        }
      }
    }
    Instant firstAt = endedAt;
    long maxMillis = 0;
    for (var distribution : metrics.getDistributions()) {
      if (distribution.getName().getNamespace().equals(CountReadings.class.getName())) {
        if (distribution.getName().getName().equals("atMillis")) {
          firstAt = Instant.ofEpochMilli(distribution.getAttempted().getMin());
        } else {
          maxMillis = distribution.getAttempted().getMax();
        }
      }
    }
    outOfOrder = new OutOfOrder(steps, readings(), maxMillis);
    starting = Duration.between(startedAt, firstAt);
    reading = Duration.between(firstAt, endedAt);
  }

  /** Readings, late ones included, rejects not. */
  public long readings() {
    return counts.getOrDefault("readings", 0L);
  }

  /** Readings that came too late for their windows. */
  public long late() {
    return counts.getOrDefault("late", 0L);
  }

  /** Messages that are no readings, by reason. */
  public Map<RejectReason, Long> rejected() {
    return Map.copyOf(rejected);
  }

  /** Windows that have a row. */
  public long windows() {
    return counts.getOrDefault("windows", 0L);
  }

  /** Rows that replaced the row of a window which had been written as complete. */
  public long corrections() {
    return counts.getOrDefault("corrections", 0L);
  }

  /**
   * Partial sums that the engine dropped as late, by its own count. It never should: what is late
   * is decided, marked and counted before.
   */
  public long droppedByEngine() {
    return droppedByEngine;
  }

  private String fidelityLine() {
    if (fidelity.windows() == 0) {
      return "";
    }
    return "\n%.4g readings a row; error of the mean: rms %.4g, worst %.4g in the window from %s; %,d windows hide a spike"
        .formatted(
            fidelity.readingsPerRow(),
            fidelity.meanError(),
            fidelity.worstDeviation(),
            EventTime.format(fidelity.worstStartMicros()),
            fidelity.spikes());
  }

  /** For people. */
  @Override
  public String toString() {
    double seconds = Math.max(0.001, reading.toMillis() / 1e3);
    long rejects = rejected.values().stream().mapToLong(Long::longValue).sum();
    String reasons =
        rejected.entrySet().stream()
            .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
    return """
        %,d readings in %.1f s (%,.0f readings/s) after %.1f s of starting
        %,d rejected%s
        %,d late: in no window, marked in the raw rows
        %,d windows, %,d corrections of them
        %s"""
            .formatted(
                readings(),
                seconds,
                readings() / seconds,
                starting.toMillis() / 1e3,
                rejects,
                rejects == 0 ? "" : reasons,
                late(),
                windows(),
                corrections(),
                outOfOrder)
        + fidelityLine()
        + (droppedByEngine == 0
            ? ""
            : "\nTHE ENGINE DROPPED %,d PARTIAL SUMS: reduced rows are incomplete"
                .formatted(droppedByEngine));
  }
}
