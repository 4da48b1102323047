package coarsen.viewer.verify;

import coarsen.records.Pane;
import coarsen.records.WindowSummary;

/** What the newest row tells of a window, without what is not needed: there is one a window. */
record ReportedWindow(
    int run,
    int revision,
    boolean early,
    long count,
    double mean,
    double min,
    double max,
    double stddev,
    OffsetRanges offsets) {

  static ReportedWindow of(WindowSummary row) {
    return new ReportedWindow(
        row.run(),
        row.revision(),
        row.pane() == Pane.EARLY,
        row.count(),
        row.avgValue(),
        row.minValue(),
        row.maxValue(),
        row.stddevValue(),
        OffsetRanges.of(row.offsets()));
  }

  boolean isNewerThan(ReportedWindow other) {
    return run > other.run || (run == other.run && revision > other.revision);
  }
}
