package coarsen.viewer.verify;

import coarsen.records.Reading;
import org.jspecify.annotations.Nullable;

/**
 * One window: what its newest row reports, and its readings. Once as many readings as the row
 * counts have been added and the row is right, their sums are dropped, so that memory holds the
 * sums of few windows at a time.
 */
final class WindowCheck {
  private @Nullable ReportedWindow reported;
  private @Nullable RecomputedWindow recomputed;
  private boolean right;
  private long surplus;

  /** Adds a row; all rows come before the first reading. */
  void addRow(ReportedWindow row) {
    if (reported == null || row.isNewerThan(reported)) {
      reported = row;
    }
  }

  @Nullable ReportedWindow reported() {
    return reported;
  }

  void addReading(Reading reading) {
    if (right) {
      surplus++;
      return;
    }
    if (recomputed == null) {
      recomputed = new RecomputedWindow();
    }
    recomputed.add(reading);
    if (reported != null
        && recomputed.count() == reported.count()
        && recomputed.difference(reported) == null) {
      right = true;
      recomputed = null;
    }
  }

  /** How far the row's mean is from the right one; 0 where there is nothing to compare. */
  double meanDifference() {
    return reported == null || recomputed == null
        ? 0
        : Math.abs(reported.values().mean() - recomputed.mean());
  }

  /** What is wrong with the row, such as {@code expected count 499, found 500}; null if nothing. */
  @Nullable String difference() {
    if (reported == null) {
      return "expected a row of "
          + (recomputed == null ? 0 : recomputed.count())
          + " readings, found none";
    }
    if (right) {
      long count = reported.count();
      return surplus == 0 ? null : "expected count " + (count + surplus) + ", found " + count;
    }
    return recomputed == null
        ? "expected no row, found one of " + reported.count() + " readings"
        : recomputed.difference(reported);
  }
}
