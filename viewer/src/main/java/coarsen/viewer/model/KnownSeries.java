package coarsen.viewer.model;

import coarsen.records.EventWindow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A series that was found in the outputs, and the spread of its recent rows: some 120 bytes and the
 * name, as there may be many. Guarded by the lock of its model.
 */
final class KnownSeries {
  private final byte[] text;

  /** Whether the store keeps its rows. */
  boolean isKept;

  private double last = Double.NaN;
  private long lastEnd = Long.MIN_VALUE;
  private long period = Long.MIN_VALUE;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private double lowBefore = Double.POSITIVE_INFINITY;
  private double highBefore = Double.NEGATIVE_INFINITY;

  KnownSeries(byte[] text) {
    this.text = text;
  }

  String name() {
    return new String(text, StandardCharsets.UTF_8);
  }

  boolean is(byte[] other, int length) {
    return Arrays.equals(text, 0, text.length, other, 0, length);
  }

  /** The position in a table with so many slots, a power of two. */
  int slot(int slots) {
    return slot(text, text.length, slots);
  }

  static int slot(byte[] text, int length, int slots) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + text[i];
    }
    hash = (hash ^ hash >>> 16) * 0x9E3779B1; // Names differ in their last characters mostly.
    return (hash ^ hash >>> 15) & (slots - 1);
  }

  /**
   * Takes a row of a window into account; rows that it replaces count, too.
   *
   * @param at the start of the period of the window, in microseconds
   * @param periodMicros the length of a period
   */
  void add(EventWindow window, long at, long periodMicros, double mean, double min, double max) {
    if (window.endMicros() >= lastEnd) {
      last = mean;
      lastEnd = window.endMicros();
    }
    if (at > period) {
      boolean isNext = at - period <= periodMicros;
      lowBefore = isNext ? low : Double.POSITIVE_INFINITY;
      highBefore = isNext ? high : Double.NEGATIVE_INFINITY;
      low = Double.POSITIVE_INFINITY;
      high = Double.NEGATIVE_INFINITY;
      period = at;
    }
    if (at == period) {
      low = Math.min(low, min);
      high = Math.max(high, max);
    } else if (period - at <= periodMicros) {
      lowBefore = Math.min(lowBefore, min);
      highBefore = Math.max(highBefore, max);
    }
  }

  /**
   * The greatest less the least reading of this period and the one before; NaN before the first
   * row, and 0 after two periods of silence.
   *
   * @param now the start of the present period
   */
  double spread(long now, long periodMicros) {
    if (Double.isNaN(last)) {
      return Double.NaN;
    }
    return now - period > periodMicros ? 0 : Math.max(high, highBefore) - Math.min(low, lowBefore);
  }

  /** The mean of the newest window; NaN before the first. */
  double last() {
    return last;
  }
}
