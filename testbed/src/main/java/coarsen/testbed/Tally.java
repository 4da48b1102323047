package coarsen.testbed;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** The ledger while it grows. One thread writes it; other threads may read the total. */
final class Tally {
  private final Map<ReadingKind, Long> kinds = new EnumMap<>(ReadingKind.class);
  private final long[] perPartition;
  private final AtomicLong made;

  Tally(int partitions, AtomicLong made) {
    this.perPartition = new long[partitions];
    this.made = made;
    for (ReadingKind kind : ReadingKind.values()) {
      kinds.put(kind, 0L);
    }
  }

  void add(ReadingKind kind, int partition) {
    kinds.merge(kind, 1L, Long::sum);
    perPartition[partition]++;
    made.lazySet(made.getPlain() + 1);
  }

  Ledger ledger(Duration elapsed) {
    return new Ledger(kinds, LongStream.of(perPartition).boxed().toList(), elapsed);
  }
}
