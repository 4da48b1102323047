package coarsen.pipeline.reduce;

import coarsen.records.EventWindow;
import coarsen.records.Pane;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.function.Consumer;

/**
 * What is known of a window whose readings have series, or a bundle's part of it: the state of all
 * readings, and the summary of each series.
 */
final class SeriesWindow {
  private final WindowState all;
  private final SeriesTable series;

  /** Readings in the row of all readings that was written last. */
  private long written;

  /**
   * How often that row was written, which is its next revision. The engine's index of a pane is
   * not: some panes write nothing.
   */
  private int panes;

  SeriesWindow(WindowState all, SeriesTable series, long written, int panes) {
    this.all = all;
    this.series = series;
    this.written = written;
    this.panes = panes;
  }

  /** Of which nothing was written. */
  SeriesWindow(WindowState all, SeriesTable series) {
    this(all, series, 0, 0);
  }

  /** Of no readings. */
  SeriesWindow() {
    this(new WindowState(new Summary()), new SeriesTable());
  }

  /** What both hold; leaves both as they are, as {@link MergeStates} does. */
  SeriesWindow with(SeriesWindow part) {
    SeriesWindow merged = copy();
    merged.all.add(part.all);
    merged.series.add(part.series);
    return merged;
  }

  /** The same, to be changed apart. */
  SeriesWindow copy() {
    var state = new WindowState(new Summary());
    state.add(all);
    return new SeriesWindow(state, series.copy(), written, panes);
  }

  /** Readings. */
  long count() {
    return all.summary().count();
  }

  WindowState all() {
    return all;
  }

  SeriesTable series() {
    return series;
  }

  long written() {
    return written;
  }

  int panes() {
    return panes;
  }

  /**
   * Writes the rows of a pane: those of series, where a late pane has only those that changed, then
   * that of all readings. A late pane without a reading that was not written has none.
   */
  void write(PaneMark mark, EventWindow window, Consumer<WindowSummary> rows) {
    if (mark.pane() == Pane.LATE && count() == written) {
      return;
    }
    var version = new RowVersion(mark.run(), panes++);
    series.write(
        mark.pane() != Pane.LATE,
        row -> {
          Summary summary = series.summary(row);
          rows.accept(
              new WindowSummary(
                  window,
                  series.series(row),
                  summary.count(),
                  summary.aggregates(),
                  mark.pane(),
                  version));
        });
    rows.accept(all.row(window, mark.pane(), version).withSeriesCount(series.size()));
    written = count();
  }
}
