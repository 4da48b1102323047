package coarsen.viewer.verify;

import coarsen.records.Aggregates;
import coarsen.records.Pane;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;

/** What the newest row of a window reports; only what is compared, since all windows are kept. */
record ReportedWindow(
    RowVersion version, boolean early, long count, Aggregates values, OffsetRanges offsets) {

  static ReportedWindow of(WindowSummary row) {
    return new ReportedWindow(
        row.version(),
        row.pane() == Pane.EARLY,
        row.count(),
        row.values(),
        OffsetRanges.of(row.provenance().offsets()));
  }

  boolean isNewerThan(ReportedWindow other) {
    return version.compareTo(other.version) > 0;
  }

  int run() {
    return version.run();
  }
}
