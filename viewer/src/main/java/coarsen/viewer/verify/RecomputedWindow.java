package coarsen.viewer.verify;

import coarsen.records.Reading;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The readings of a window, added up; at least one. */
final class RecomputedWindow {
  private final ExactSums sums = new ExactSums();
  private final OffsetRanges offsets = new OffsetRanges();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(Reading reading) {
    sums.add(reading.value());
    offsets.add(reading.partition(), reading.offset());
    min = Math.min(min, reading.value());
    max = Math.max(max, reading.value());
  }

  long count() {
    return sums.count();
  }

  double mean() {
    return sums.mean();
  }

  /** What is wrong with a row, such as {@code expected count 499, found 500}; null if nothing. */
  @Nullable String difference(ReportedWindow told) {
    var differences = new StringJoiner("; ");
    compare(differences, "count", sums.count(), told.count(), sums.count() == told.count());
    double mean = sums.mean();
    compare(differences, "avg_value", mean, told.mean(), mean == told.mean());
    compare(differences, "min_value", min, told.min(), min == told.min());
    compare(differences, "max_value", max, told.max(), max == told.max());
    if (!sums.isStandardDeviation(told.stddev())) {
      compare(differences, "stddev_value", sums.standardDeviation(), told.stddev(), false);
    }
    compare(differences, "offsets", offsets, told.offsets(), offsets.equals(told.offsets()));
    return differences.length() == 0 ? null : differences.toString();
  }

  private static void compare(
      StringJoiner to, String field, Object expected, Object found, boolean same) {
    if (!same) {
      to.add("expected " + field + " " + expected + ", found " + found);
    }
  }
}
