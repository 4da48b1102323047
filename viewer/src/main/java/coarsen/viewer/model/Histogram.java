package coarsen.viewer.model;

import java.util.Arrays;

/**
 * Counts values in at most {@link #MAX_BINS} bins. The bins are equally wide, by a power of two,
 * begin at multiples of their width, and are kept only where there are values. The width starts as
 * fine as a double and grows just as much as the values require: then two or more neighbours become
 * one, exactly. So a value far from all others takes one bin, and the others stay fine. 600 bytes
 * at most. Not thread-safe.
 */
final class Histogram {
  static final int MAX_BINS = 40;

  private static final int FIRST_BINS = 4;
  private static final int LONGEST_SHIFT = 63;

  private int exponent;

  /** 2 to the power of minus the exponent, as a multiplication is much cheaper than a division. */
  private double binsPerUnit;

  /** The numbers of the bins, counted from the value 0, in ascending order. */
  private long[] numbers = new long[FIRST_BINS];

  private int[] counts = new int[FIRST_BINS];
  private int bins;
  private long total;

  Histogram() {}

  private Histogram(Histogram other) {
    exponent = other.exponent;
    binsPerUnit = other.binsPerUnit;
    numbers = Arrays.copyOf(other.numbers, other.bins);
    counts = Arrays.copyOf(other.counts, other.bins);
    bins = other.bins;
    total = other.total;
  }

  /** A copy that takes no more space than its bins. */
  Histogram copy() {
    return new Histogram(this);
  }

  void clear() {
    bins = 0;
    total = 0;
  }

  /** The number of values. */
  long total() {
    return total;
  }

  /** Adds a finite value. */
  void add(double value) {
    int finest = ValueRows.finest(value);
    if (bins == 0) {
      setExponent(finest);
    } else if (finest > exponent) {
      widen(finest - exponent);
    }
    total++;
    count((long) Math.floor(value * binsPerUnit), 1);
  }

  /** Adds all values of another histogram. */
  void add(Histogram other) {
    if (bins == 0) {
      setExponent(other.exponent);
    } else if (other.exponent > exponent) {
      widen(other.exponent - exponent);
    }
    total += other.total;
    for (int i = 0; i < other.bins; i++) {
      int shift = Math.min(exponent - other.exponent, LONGEST_SHIFT); // Grows meanwhile.
      count(other.numbers[i] >> shift, other.counts[i]);
    }
  }

  private void count(long number, int values) {
    int at = Arrays.binarySearch(numbers, 0, bins, number);
    if (at >= 0) {
      counts[at] = sum(counts[at], values);
    } else {
      insert(-at - 1, number, values);
    }
  }

  /** A bin is full after two billion values: darker than that does not exist. */
  private static int sum(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }

  private void insert(int at, long number, int values) {
    if (bins == numbers.length) {
      // One more than allowed, until widening has made them fewer.
      int room = Math.min(MAX_BINS + 1, bins * 2);
      numbers = Arrays.copyOf(numbers, room);
      counts = Arrays.copyOf(counts, room);
    }
    System.arraycopy(numbers, at, numbers, at + 1, bins - at);
    System.arraycopy(counts, at, counts, at + 1, bins - at);
    numbers[at] = number;
    counts[at] = values;
    bins++;
    if (bins > MAX_BINS) {
      widen(shiftThatFits());
    }
  }

  /** By how many powers of two the width must grow for the bins to be few enough. */
  private int shiftThatFits() {
    // Two neighbours become one bin when all bits in which they differ are shifted out.
    var separateUpTo = new int[Long.SIZE + 1];
    for (int i = 1; i < bins; i++) {
      separateUpTo[Long.SIZE - Long.numberOfLeadingZeros(numbers[i - 1] ^ numbers[i])]++;
    }
    int separate = bins;
    int shift = 0;
    while (separate > MAX_BINS) {
      shift++;
      separate -= separateUpTo[shift];
    }
    return shift;
  }

  private void widen(int shift) {
    setExponent(exponent + shift);
    int kept = -1;
    for (int i = 0; i < bins; i++) {
      long number = numbers[i] >> Math.min(shift, LONGEST_SHIFT);
      if (kept >= 0 && numbers[kept] == number) {
        counts[kept] = sum(counts[kept], counts[i]);
      } else {
        kept++;
        numbers[kept] = number;
        counts[kept] = counts[i];
      }
    }
    bins = kept + 1;
  }

  private void setExponent(int to) {
    exponent = to;
    binsPerUnit = Math.scalb(1.0, -to);
  }

  /**
   * Counts the values in each of some rows. A bin that is higher than a row counts for all rows in
   * it, with an equal share for each.
   */
  double[] counts(ValueRows rows) {
    var counted = new double[rows.count()];
    int shift = rows.exponent() - exponent;
    for (int i = 0; i < bins; i++) {
      if (shift >= 0) {
        long row = (numbers[i] >> Math.min(shift, LONGEST_SHIFT)) - rows.first();
        if (row >= 0 && row < rows.count()) {
          counted[(int) row] += counts[i];
        }
      } else {
        // As doubles, because a bin can be longs high.
        double from = Math.scalb((double) numbers[i], -shift) - rows.first();
        double to = Math.scalb(numbers[i] + 1.0, -shift) - rows.first();
        double share = Math.scalb((double) counts[i], shift);
        for (int row = (int) Math.max(0, from); row < Math.min(rows.count(), to); row++) {
          counted[row] += share;
        }
      }
    }
    return counted;
  }
}
