package coarsen.viewer.model;

import coarsen.records.Pane;
import coarsen.records.WindowSummary;
import java.util.Comparator;

/**
 * What is drawn of a reduced row.
 *
 * @param startMicros where its window starts, microseconds since 1970
 * @param endMicros exclusive end
 * @param avg the mean
 * @param min the least reading
 * @param max the greatest reading
 * @param count readings in the row, at least 1
 * @param pane why it was written; {@code EARLY} says that the window is still open, {@code LATE}
 *     that it was corrected
 * @param run with {@code revision} its age among the rows of its window
 * @param revision see {@code run}
 */
public record Mean(
    long startMicros,
    long endMicros,
    double avg,
    double min,
    double max,
    long count,
    Pane pane,
    int run,
    int revision) {
  private static final int MOST = 20_000;

  static Mean of(WindowSummary row) {
    return new Mean(
        row.startMicros(),
        row.endMicros(),
        row.avgValue(),
        row.minValue(),
        row.maxValue(),
        row.count(),
        row.pane(),
        row.run(),
        row.revision());
  }

  /** The newest rows of the last windows; 20,000 windows are kept. */
  static Latest<Mean> latest() {
    return new Latest<>(
        MOST,
        Comparator.comparingLong(Mean::endMicros).thenComparingLong(Mean::startMicros),
        Comparator.comparingInt(Mean::run).thenComparingInt(Mean::revision));
  }

  /** Whether the window is still open, and more readings may come. */
  public boolean isOpen() {
    return pane == Pane.EARLY;
  }

  /** Whether the row corrects one that was thought to be the last. */
  public boolean isCorrected() {
    return pane == Pane.LATE;
  }
}
