package coarsen.viewer.verify;

import coarsen.records.OffsetRange;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/** First and last offset by partition; a flat array, because there is one for each window. */
final class OffsetRanges {
  private static final int STRIDE = 3;

  /** Shared by the rows of series, which have none. */
  private static final OffsetRanges NONE = new OffsetRanges();

  /** Partition, first, last; then the next partition's, in order of partitions. */
  private long[] triples = {};

  static OffsetRanges of(Map<Integer, OffsetRange> ranges) {
    if (ranges.isEmpty()) {
      return NONE;
    }
    var flat = new OffsetRanges();
    ranges.forEach(
        (partition, range) -> {
          flat.add(partition, range.first());
          flat.add(partition, range.last());
        });
    return flat;
  }

  void add(int partition, long offset) {
    int at = 0;
    while (at < triples.length && triples[at] < partition) {
      at += STRIDE;
    }
    if (at < triples.length && triples[at] == partition) {
      triples[at + 1] = Math.min(triples[at + 1], offset);
      triples[at + 2] = Math.max(triples[at + 2], offset);
    } else {
      long[] wider = Arrays.copyOf(triples, triples.length + STRIDE);
      System.arraycopy(triples, at, wider, at + STRIDE, triples.length - at);
      wider[at] = partition;
      wider[at + 1] = offset;
      wider[at + 2] = offset;
      triples = wider;
    }
  }

  /** Whether the ranges of another window lie in these. */
  boolean include(OffsetRanges other) {
    int at = 0;
    for (int of = 0; of < other.triples.length; of += STRIDE) {
      while (at < triples.length && triples[at] < other.triples[of]) {
        at += STRIDE;
      }
      if (at >= triples.length
          || triples[at] != other.triples[of]
          || triples[at + 1] > other.triples[of + 1]
          || triples[at + 2] < other.triples[of + 2]) {
        return false;
      }
    }
    return true;
  }

  /** Takes the partitions one by one, each with its first offset. */
  void forEachFirst(BiConsumer<Integer, Long> each) {
    for (int at = 0; at < triples.length; at += STRIDE) {
      each.accept((int) triples[at], triples[at + 1]);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OffsetRanges ranges && Arrays.equals(triples, ranges.triples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(triples);
  }

  /** The JSON that rows have. */
  @Override
  public String toString() {
    var json = new StringBuilder("{");
    for (int at = 0; at < triples.length; at += STRIDE) {
      json.append(at == 0 ? "\"" : ",\"")
          .append(triples[at])
          .append("\":[")
          .append(triples[at + 1])
          .append(',')
          .append(triples[at + 2])
          .append(']');
    }
    return json.append('}').toString();
  }
}
