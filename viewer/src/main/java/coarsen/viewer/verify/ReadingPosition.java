package coarsen.viewer.verify;

/** Where in a partition a reading is. */
record ReadingPosition(long offset, int index) implements Comparable<ReadingPosition> {
  /** Stands for no position; greater than any other. */
  static final ReadingPosition NONE = new ReadingPosition(Long.MAX_VALUE, Integer.MAX_VALUE);

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
    return offset == other.offset
        ? Integer.compare(index, other.index)
        : Long.compare(offset, other.offset);
  }
}
