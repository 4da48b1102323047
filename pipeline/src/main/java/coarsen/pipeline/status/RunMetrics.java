package coarsen.pipeline.status;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The metrics of a run, as Beam metrics in the namespace {@code coarsen}, which engines show under
 * these names. Steps write them and {@link RunStatus} reads them through the same constants.
 */
final class RunMetrics {
  private static final String NAMESPACE = "coarsen";

  /** Readings, late ones included. */
  static final Count READINGS = new Count("readings");

  /** Readings that came too late for their windows. */
  static final Count LATE = new Count("late");

  /** Offsets that were gone from the source before they were read. */
  static final Count MISSED_OFFSETS = new Count("missedOffsets");

  /** Readings whose local time their zone has twice, so that the earlier was taken. */
  static final Count REPEATED_TIMES = new Count("repeatedTimes");

  /** Messages that are not readings, by {@link coarsen.records.RejectReason}. */
  static final LabelledCount REJECTED = new LabelledCount("rejected");

  /** Readings that are out of order but not late, by step of {@link OutOfOrder}. */
  static final LabelledCount OUT_OF_ORDER = new LabelledCount("outOfOrder");

  /** How far readings were out of order, in milliseconds, rounded up: the farthest of a batch. */
  static final Spread OUT_OF_ORDER_MILLIS = new Spread("outOfOrderMillis");

  /** When batches came, in milliseconds since 1970. */
  static final Spread BATCH_AT_MILLIS = new Spread("batchAtMillis");

  /** Messages whose Kafka timestamp cannot be true. */
  static final Count IMPLAUSIBLE_TIMESTAMPS = new Count("implausibleTimestamps");

  /** Readings of 1970 that fit their Kafka timestamps in a longer unit. */
  static final Count SHORT_UNIT = new Count("shortUnit");

  /** Fields of line protocol that hold text or booleans. */
  static final Count NOT_NUMBERS = new Count("fieldsNotNumbers");

  /** Fields of line protocol that hold numbers and were not chosen. */
  static final Count NOT_CHOSEN = new Count("fieldsNotChosen");

  /** Windows that have a row. */
  static final Count WINDOWS = new Count("windows");

  /** Rows of series. */
  static final Count SERIES_ROWS = new Count("seriesRows");

  /** Rows that replaced the row of a window which had been written as complete. */
  static final Count CORRECTIONS = new Count("corrections");

  private RunMetrics() {}

  /** A number that only grows. */
  record Count(String name) {
    void add(long n) {
      Metrics.counter(NAMESPACE, name).inc(n);
    }

    long in(MetricQueryResults results) {
      long sum = 0;
      for (MetricResult<Long> counter : results.getCounters()) {
        if (is(counter.getName(), name)) {
          sum += counter.getAttempted();
        }
      }
      return sum;
    }
  }

  /** Numbers that only grow, one for each label. */
  record LabelledCount(String name) {
    void add(Object label, long n) {
      Metrics.counter(NAMESPACE, name + "." + label).inc(n);
    }

    Map<String, Long> in(MetricQueryResults results) {
      Map<String, Long> counts = new TreeMap<>();
      String prefix = name + ".";
      for (MetricResult<Long> counter : results.getCounters()) {
        MetricName found = counter.getName();
        if (found.getNamespace().equals(NAMESPACE) && found.getName().startsWith(prefix)) {
          counts.merge(
              found.getName().substring(prefix.length()), counter.getAttempted(), Long::sum);
        }
      }
      return counts;
    }
  }

  /** The least and the greatest of some values. */
  record Spread(String name) {
    void add(long value) {
      distribution().update(value);
    }

    /** A spread to be updated often. */
    Distribution distribution() {
      return Metrics.distribution(NAMESPACE, name);
    }

    OptionalLong min(MetricQueryResults results) {
      return fold(results, DistributionResult::getMin, Math::min);
    }

    OptionalLong max(MetricQueryResults results) {
      return fold(results, DistributionResult::getMax, Math::max);
    }

    private OptionalLong fold(
        MetricQueryResults results,
        java.util.function.ToLongFunction<DistributionResult> value,
        LongBinaryOperator fold) {
      OptionalLong folded = OptionalLong.empty();
      for (MetricResult<DistributionResult> spread : results.getDistributions()) {
        if (is(spread.getName(), name)) {
          long next = value.applyAsLong(spread.getAttempted());
          folded =
              OptionalLong.of(
                  folded.isPresent() ? fold.applyAsLong(folded.getAsLong(), next) : next);
        }
      }
      return folded;
    }
  }

  /** Partial sums that the engine itself dropped as late, by Beam's own count. */
  static long droppedByEngine(MetricQueryResults results) {
    long sum = 0;
    for (MetricResult<Long> counter : results.getCounters()) {
      if (counter.getName().getName().equals("droppedDueToLateness")) {
        sum += counter.getAttempted();
      }
    }
    return sum;
  }

  private static boolean is(MetricName found, String name) {
    return found.getNamespace().equals(NAMESPACE) && found.getName().equals(name);
  }
}
