package coarsen.viewer.verify;

import java.util.Comparator;

/** Where in a partition a reading is. */
record ReadingPosition(long offset, int index) implements Comparable<ReadingPosition> {
  /** Stands for no position; greater than any other. */
  static final ReadingPosition NONE = new ReadingPosition(Long.MAX_VALUE, Integer.MAX_VALUE);

  private static final Comparator<ReadingPosition> ORDER =
      Comparator.comparingLong(ReadingPosition::offset).thenComparingInt(ReadingPosition::index);

  /** Whether it is after another. */
  boolean isAfter(long otherOffset, int otherIndex) {
    return offset > otherOffset || (offset == otherOffset && index > otherIndex);
  }

  /** Whether it is before another. */
  boolean isBefore(long otherOffset, int otherIndex) {
    return offset < otherOffset || (offset == otherOffset && index < otherIndex);
  }

  @Override
  public int compareTo(ReadingPosition other) {
    return ORDER.compare(this, other);
  }
}
