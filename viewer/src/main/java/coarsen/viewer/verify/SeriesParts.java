package coarsen.viewer.verify;

import coarsen.records.Pane;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.util.BitSet;

/**
 * Divides the series into so many parts that memory has room for one part's rows and readings at a
 * time. A series is in one part with all of its windows.
 */
final class SeriesParts {
  /** Of a series in a window, with the exact sums of its readings. */
  static final int BYTES_PER_WINDOW = 600;

  private static final int BYTES_PER_EARLY_ROW = 60;
  private static final int BYTES_PER_SERIES = 300;
  private static final int BYTES_PER_CHARACTER = 6;

  /** Enough to tell millions of series apart, most of them. */
  private static final int NAME_BITS = 24;

  private final BitSet names = new BitSet();
  private final long memory;
  private long bytes;

  /**
   * @param memory that a part may take, in bytes
   */
  SeriesParts(long memory) {
    this.memory = memory;
  }

  /** Counts a row of a series. */
  void count(Series series, WindowSummary row) {
    bytes += row.pane() == Pane.EARLY ? BYTES_PER_EARLY_ROW : BYTES_PER_WINDOW;
    int name = series.hashCode() >>> (Integer.SIZE - NAME_BITS);
    if (!names.get(name)) {
      names.set(name);
      bytes += BYTES_PER_SERIES + (long) BYTES_PER_CHARACTER * series.text().length();
    }
  }

  /** How many parts there are: 0 if no row was counted. */
  int parts() {
    return Math.toIntExact((bytes + memory - 1) / memory);
  }

  /** The part that a series is in. */
  int part(Series series) {
    return (int) ((Integer.toUnsignedLong(series.hashCode()) * parts()) >>> Integer.SIZE);
  }

  /** How many windows of series without a row there is room for, too; in right outputs are none. */
  long spareWindows() {
    return Math.max(1_000, memory / BYTES_PER_WINDOW);
  }
}
