package coarsen.viewer.model;

import coarsen.records.Aggregates;
import coarsen.records.EventWindow;
import coarsen.records.Pane;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.Comparator;

/**
 * What is drawn of a reduced row: the row without its provenance.
 *
 * @param window the window of event time
 * @param count readings in the row, at least 1
 * @param values what was computed of them
 * @param pane why the row was written; {@code EARLY} says that the window is still open, {@code
 *     LATE} that it was corrected
 * @param version its age among the rows of its window
 */
public record Mean(
    EventWindow window, long count, Aggregates values, Pane pane, RowVersion version) {
  private static final int MOST = 20_000;

  static Mean of(WindowSummary row) {
    return new Mean(row.window(), row.count(), row.values(), row.pane(), row.version());
  }

  /** The newest rows of the last windows; 20,000 windows are kept. */
  static Latest<Mean> latest() {
    return new Latest<>(
        MOST, Comparator.comparing(Mean::window), Comparator.comparing(Mean::version));
  }

  /** Start of the window, microseconds since 1970. */
  public long startMicros() {
    return window.startMicros();
  }

  /** Exclusive end of the window, microseconds since 1970. */
  public long endMicros() {
    return window.endMicros();
  }

  /** The mean. */
  public double avg() {
    return values.mean();
  }

  /** The smallest reading. */
  public double min() {
    return values.min();
  }

  /** The largest reading. */
  public double max() {
    return values.max();
  }

  /** How often the pipeline had been restarted on the same outputs. */
  public int run() {
    return version.run();
  }

  /** How many rows this run had written for the window before. */
  public int revision() {
    return version.revision();
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
