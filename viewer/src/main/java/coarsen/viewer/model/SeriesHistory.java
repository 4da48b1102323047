package coarsen.viewer.model;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.Set;

/**
 * What the outputs held of some series before anybody wanted to see them: takes all rows again, and
 * adds those of these series. For one thread.
 */
public final class SeriesHistory {
  private final SeriesModel model;
  private final Set<String> names;
  private final boolean isAll;
  private final RowScan scan = new RowScan();

  SeriesHistory(SeriesModel model, Set<String> names) {
    this.model = model;
    this.names = Set.copyOf(names);
    this.isAll = names.contains(Selection.ALL_READINGS);
  }

  /** Takes a raw row; anything else is skipped. */
  public void raw(byte[] bytes, int offset, int length) {
    if (scan.isRaw(bytes, offset, length) && !isAll && model.isDropped(scan)) {
      return;
    }
    try {
      model.addEarlier(names, Reading.parse(bytes, offset, length));
    } catch (IllegalArgumentException e) {
      // It was counted as a bad line when it was read for the first time.
    }
  }

  /** Takes a reduced row; anything else is skipped. */
  public void reduced(byte[] bytes, int offset, int length) {
    if (scan.isReduced(bytes, offset, length) && model.isDropped(scan)) {
      return;
    }
    try {
      model.addEarlier(names, WindowSummary.parse(bytes, offset, length));
    } catch (IllegalArgumentException e) {
      // As above.
    }
  }

  /** All rows were added. */
  public void done() {
    model.earlierAdded(names);
  }
}
