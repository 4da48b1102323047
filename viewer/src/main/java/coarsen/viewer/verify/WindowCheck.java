package coarsen.viewer.verify;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One window, or a series in it: its rows, what the newest one reports, and its readings. Once as
 * many readings as the row counts have been added and the row is right, their sums are dropped, so
 * that memory holds the sums of few windows at a time.
 */
final class WindowCheck {
  private final WindowRows rows = new WindowRows();

  private final boolean hasOffsets;

  /** The runs that read a reading of this window that was not late: the first, and others. */
  private int readBy = -1;

  private @Nullable BitSet readByOthers;
  private @Nullable ReportedWindow reported;
  private @Nullable RecomputedWindow recomputed;
  private boolean right;
  private long surplus;

  /**
   * @param hasOffsets whether rows say where the readings are
   */
  WindowCheck(boolean hasOffsets) {
    this.hasOffsets = hasOffsets;
  }

  /**
   * Adds a row; all rows come before the first reading.
   *
   * @param differences takes what is wrong with it beside another row
   * @return whether it repeats an equal row
   */
  boolean addRow(WindowSummary summary, Consumer<String> differences) {
    Boolean repeats = rows.add(summary);
    if (repeats != null) {
      if (!repeats) {
        differences.accept(
            "expected one row of run %d, revision %d, found two that differ"
                .formatted(summary.run(), summary.revision()));
      }
      return repeats;
    }
    ReportedWindow row = ReportedWindow.of(summary);
    ReportedWindow other = reported;
    boolean newest = other == null || row.isNewerThan(other);
    if (other != null && other.run() == row.run()) {
      String missing = newest ? row.missingOf(other) : other.missingOf(row);
      if (missing != null) {
        differences.accept(
            "run %d: expected all of revision %d in revision %d, found another %s"
                .formatted(
                    row.run(),
                    Math.min(row.version().revision(), other.version().revision()),
                    Math.max(row.version().revision(), other.version().revision()),
                    missing));
      }
    }
    if (newest) {
      reported = row;
    }
    return false;
  }

  @Nullable ReportedWindow reported() {
    return reported;
  }

  WindowRows rows() {
    return rows;
  }

  /** A run read a reading of this window that was not late. */
  void readBy(int run) {
    if (readBy < 0) {
      readBy = run;
    } else if (run != readBy) {
      if (readByOthers == null) {
        readByOthers = new BitSet();
      }
      readByOthers.set(run);
    }
  }

  BitSet runsThatReadIt() {
    BitSet runs = readByOthers == null ? new BitSet() : (BitSet) readByOthers.clone();
    if (readBy >= 0) {
      runs.set(readBy);
    }
    return runs;
  }

  void addReading(Reading reading) {
    if (right) {
      surplus++;
      return;
    }
    if (recomputed == null) {
      recomputed = new RecomputedWindow(hasOffsets);
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
      return "expected a row with count "
          + (recomputed == null ? 0 : recomputed.count())
          + ", found none";
    }
    if (right) {
      long count = reported.count();
      return surplus == 0 ? null : "expected count " + (count + surplus) + ", found " + count;
    }
    return recomputed == null
        ? "expected no row, found one with count " + reported.count()
        : recomputed.difference(reported);
  }
}
