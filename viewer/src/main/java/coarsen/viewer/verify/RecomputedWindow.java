package coarsen.viewer.verify;

import coarsen.records.Aggregate;
import coarsen.records.Reading;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The readings of a window, or of a series in it, added up; at least one. */
final class RecomputedWindow {
  private final ExactSums sums = new ExactSums();
  private final @Nullable OffsetRanges offsets;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * @param hasOffsets whether rows say where the readings are
   */
  RecomputedWindow(boolean hasOffsets) {
    offsets = hasOffsets ? new OffsetRanges() : null;
  }

  void add(Reading reading) {
    sums.add(reading.value());
    if (offsets != null) {
      offsets.add(reading.partition(), reading.offset());
    }
    min = Math.min(min, reading.value());
    max = Math.max(max, reading.value());
  }

  long count() {
    return sums.count();
  }

  double mean() {
    return areEqual() ? min : sums.mean();
  }

  private double standardDeviation(double found) {
    return areEqual() ? 0 : sums.isStandardDeviation(found) ? found : sums.standardDeviation();
  }

  /** Whether all readings are equal: most windows of series may have a single one. */
  private boolean areEqual() {
    return min == max;
  }

  /**
   * What is wrong with a row, such as {@code expected count 499, found 500}; null if nothing is. An
   * aggregate that is not recomputed here is not compared.
   */
  @Nullable String difference(ReportedWindow reported) {
    var differences = new StringJoiner("; ");
    compare(differences, "count", sums.count(), reported.count(), sums.count() == reported.count());
    for (Aggregate aggregate : Aggregate.values()) {
      double found = reported.values().get(aggregate);
      double expected = expected(aggregate, found);
      compare(differences, aggregate.fieldName(), expected, found, expected == found);
    }
    if (offsets != null) {
      compare(
          differences, "offsets", offsets, reported.offsets(), offsets.equals(reported.offsets()));
    }
    return differences.length() == 0 ? null : differences.toString();
  }

  /**
   * The right value; {@code found} itself if that is as good, or if there is nothing to compare.
   */
  private double expected(Aggregate aggregate, double found) {
    return switch (aggregate) {
      case MEAN -> mean();
      case MIN -> min;
      case MAX -> max;
      case STANDARD_DEVIATION -> standardDeviation(found);
      default -> found;
    };
  }

  private static void compare(
      StringJoiner to, String field, Object expected, Object found, boolean same) {
    if (!same) {
      to.add("expected " + field + " " + expected + ", found " + found);
    }
  }
}
