package coarsen.pipeline.reduce;

import org.jspecify.annotations.Nullable;

/** Something new of a window: readings, or a pane. One of them is there. */
record SeriesUpdate(@Nullable SeriesWindow part, @Nullable PaneMark mark) {
  /** A bundle's part of a window. */
  static SeriesUpdate part(WindowState state, SeriesTable series) {
    return new SeriesUpdate(new SeriesWindow(state, series), null);
  }
}
