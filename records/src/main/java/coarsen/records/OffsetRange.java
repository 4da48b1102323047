package coarsen.records;

/**
 * First and last offset of a partition's readings in a row, both inclusive; offsets between them
 * may belong to other windows.
 */
public record OffsetRange(long first, long last) {
  /** Checks that the range is valid. */
  public OffsetRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not an offset range: " + first + " to " + last);
    }
  }

  /** The smallest range that contains both. */
  public OffsetRange span(OffsetRange other) {
    return new OffsetRange(Math.min(first, other.first), Math.max(last, other.last));
  }
}
