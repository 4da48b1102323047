package coarsen.viewer.verify;

import coarsen.records.Reading;
import org.jspecify.annotations.Nullable;

/**
 * A window: what its newest row tells, and its readings. As soon as as many have come as the row
 * counts, and it is right, their sums are let go; so memory holds those of few windows at a time.
 */
final class WindowCheck {
  private @Nullable ReportedWindow told;
  private @Nullable RecomputedWindow members;
  private boolean right;
  private long tooMany;

  /** Takes a row; all rows come before the first reading. */
  void tell(ReportedWindow row) {
    if (told == null || row.isNewerThan(told)) {
      told = row;
    }
  }

  @Nullable ReportedWindow told() {
    return told;
  }

  void add(Reading reading) {
    if (right) {
      tooMany++;
      return;
    }
    if (members == null) {
      members = new RecomputedWindow();
    }
    members.add(reading);
    if (told != null && members.count() == told.count() && members.difference(told) == null) {
      right = true;
      members = null;
    }
  }

  /** How far the row's mean is from the right one; 0 where there is nothing to compare. */
  double meanDifference() {
    return told == null || members == null ? 0 : Math.abs(told.values().mean() - members.mean());
  }

  /** What is wrong with the row, such as {@code expected count 499, found 500}; null if nothing. */
  @Nullable String difference() {
    if (told == null) {
      return "expected a row of "
          + (members == null ? 0 : members.count())
          + " readings, found none";
    }
    if (right) {
      long count = told.count();
      return tooMany == 0 ? null : "expected count " + (count + tooMany) + ", found " + count;
    }
    return members == null
        ? "expected no row, found one of " + told.count() + " readings"
        : members.difference(told);
  }
}
