package coarsen.viewer;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.List;

/**
 * What has been read and may still be shown. Its size is bounded, whatever is read. Safe to be used
 * by several threads: one reads each output, others look at the picture.
 */
final class ViewModel {
  /**
   * Windows that are kept beyond one for each original. When both outputs have been read, at most
   * one window for each original is shown, and the one that ends where the first of them begins;
   * the others are for a raw output that lags behind the reduced one.
   */
  private static final int SPARE_WINDOWS = 1_000;

  private final Latest<Reading> originals;
  private final Latest<WindowSummary> windows;
  private long rowsRead;
  private long badLines;

  ViewModel(int points) {
    originals = Latest.readings(points);
    windows = Latest.windows(points + SPARE_WINDOWS);
  }

  /** Takes a raw row. */
  void raw(byte[] bytes, int offset, int length) {
    try {
      Reading reading = Reading.parse(bytes, offset, length);
      synchronized (this) {
        rowsRead++;
        originals.add(reading);
      }
    } catch (IllegalArgumentException e) {
      countBadLine();
    }
  }

  /** Takes a reduced row. */
  void reduced(byte[] bytes, int offset, int length) {
    try {
      WindowSummary window = WindowSummary.parse(bytes, offset, length);
      synchronized (this) {
        rowsRead++;
        windows.add(window);
      }
    } catch (IllegalArgumentException e) {
      countBadLine();
    }
  }

  /** A number that grows with everything that is read. */
  synchronized long version() {
    return rowsRead + badLines;
  }

  synchronized Picture picture() {
    List<Reading> shown = originals.inTimeOrder();
    long from = shown.isEmpty() ? Long.MIN_VALUE : shown.get(0).tsMicros();
    return new Picture(
        shown,
        windows.inTimeOrder().stream().filter(window -> window.endMicros() >= from).toList(),
        rowsRead,
        badLines);
  }

  private synchronized void countBadLine() {
    badLines++;
  }
}
