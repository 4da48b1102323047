package coarsen.viewer.verify;

import coarsen.records.OffsetRange;
import java.util.Arrays;
import java.util.Map;

/** First and last offset by partition; a flat array, because there is one for each window. */
final class OffsetRanges {
  private static final int STRIDE = 3;

  /** Partition, first, last; then the next partition's, in order of partitions. */
  private long[] triples = {};

  static OffsetRanges of(Map<Integer, OffsetRange> ranges) {
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
