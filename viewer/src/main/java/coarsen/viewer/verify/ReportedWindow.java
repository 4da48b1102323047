package coarsen.viewer.verify;

import coarsen.records.Aggregates;
import coarsen.records.Pane;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the newest row of a window, or of a series in it, reports; only what is compared, since all
 * windows are kept.
 */
record ReportedWindow(
    RowVersion version,
    Pane pane,
    long count,
    Aggregates values,
    OffsetRanges offsets,
    Map<Integer, Long> replayFrom) {

  static ReportedWindow of(WindowSummary row) {
    return new ReportedWindow(
        row.version(),
        row.pane(),
        row.count(),
        row.values(),
        OffsetRanges.of(row.provenance().offsets()),
        Map.copyOf(row.provenance().replayFrom()));
  }

  boolean isNewerThan(ReportedWindow other) {
    return version.compareTo(other.version) > 0;
  }

  int run() {
    return version.run();
  }

  /**
   * Which field shows that this row does not include the readings of an older one of the same run;
   * null if it can.
   */
  @Nullable String missingOf(ReportedWindow older) {
    if (older.count > count) {
      return "count";
    }
    if (older.values.min() < values.min()) {
      return "min_value";
    }
    if (older.values.max() > values.max()) {
      return "max_value";
    }
    if (!offsets.include(older.offsets)) {
      return "offsets";
    }
    boolean replays =
        older.replayFrom.entrySet().stream()
            .allMatch(
                from -> replayFrom.getOrDefault(from.getKey(), Long.MAX_VALUE) <= from.getValue());
    return replays ? null : "replay_from";
  }
}
