package coarsen.viewer.verify;

import java.util.BitSet;
import java.util.TreeMap;

/**
 * The readings of one partition that one run wrote a row of, by offset and index. Most messages
 * hold one reading, so those with index 0 are a set of offsets; the others are sets of 64 indexes
 * each, whose blocks are of 64 offsets.
 */
final class RunReadings {
  private static final int PLACE_BITS = 6;

  private final OffsetSet alone = new OffsetSet();

  /** By index / 64; empty while all indexes are 0. */
  private final TreeMap<Integer, OffsetSet> further = new TreeMap<>();

  /** Adds a reading; whether it was not there before. */
  boolean add(long offset, int index) {
    return index == 0
        ? alone.add(offset)
        : further
            .computeIfAbsent(index >> PLACE_BITS, key -> new OffsetSet(PLACE_BITS))
            .add(offset, place(index));
  }

  boolean contains(long offset, int index) {
    if (index == 0) {
      return alone.contains(offset);
    }
    OffsetSet places = further.get(index >> PLACE_BITS);
    return places != null && places.contains(offset, place(index));
  }

  /** Whether there is a reading of this message. */
  boolean containsMessage(long offset) {
    return alone.contains(offset)
        || further.values().stream().anyMatch(places -> places.nextPlace(offset, 0) >= 0);
  }

  /** Whether all indexes are 0. */
  boolean isPlain() {
    return further.isEmpty();
  }

  /** Adds the indexes of a message's readings to others. */
  void addIndexes(long offset, BitSet indexes) {
    if (alone.contains(offset)) {
      indexes.set(0);
    }
    further.forEach(
        (group, places) -> {
          for (int place = places.nextPlace(offset, 0);
              place >= 0;
              place = places.nextPlace(offset, place + 1)) {
            indexes.set((group << PLACE_BITS) + place);
          }
        });
  }

  /** The smallest offset from this one on; {@code Long.MAX_VALUE} if there is none. */
  long next(long offset) {
    long next = alone.next(offset);
    for (OffsetSet places : further.values()) {
      next = Math.min(next, places.next(offset));
    }
    return next;
  }

  /** The smallest offset. */
  long first() {
    long first = alone.first();
    for (OffsetSet places : further.values()) {
      first = Math.min(first, places.first());
    }
    return first;
  }

  /** The largest offset. */
  long last() {
    long last = alone.last();
    for (OffsetSet places : further.values()) {
      last = Math.max(last, places.last());
    }
    return last;
  }

  private static int place(int index) {
    return index & (1 << PLACE_BITS) - 1;
  }
}
