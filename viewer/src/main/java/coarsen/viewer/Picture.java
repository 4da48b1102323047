package coarsen.viewer;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.List;

/**
 * What there is to draw at one moment; never changes.
 *
 * @param originals the last readings in event time, oldest first, as many as were asked for; each
 *     (partition, offset) once
 * @param reduced by window end, the newest row of every window that ends at or after the first of
 *     {@code originals}; while there are no originals, of every window that is known
 * @param rowsRead raw and reduced rows so far, repeats and older revisions too
 * @param badLines lines and messages so far that were no rows
 */
public record Picture(
    List<Reading> originals, List<WindowSummary> reduced, long rowsRead, long badLines) {
  /** Keeps its own, unmodifiable lists. */
  public Picture {
    originals = List.copyOf(originals);
    reduced = List.copyOf(reduced);
  }
}
