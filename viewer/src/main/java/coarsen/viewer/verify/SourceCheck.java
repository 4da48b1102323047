package coarsen.viewer.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks up every message of the source topic in the raw and the rejected output, and vice versa.
 */
final class SourceCheck {
  private final ReadingNames raw;
  private final ReadingNames rejected;
  private final Verification.Scope scope;
  private final Consumer<String> differences;
  private final Map<Integer, Long> firsts;
  private final Map<Integer, Long> lasts;

  /** Which has read every message between its first and its last; -1 if it is the only run. */
  private final int newestRun;

  private final Map<Integer, Long> newestFirsts;
  private final Map<Integer, Long> newestLasts;

  /** By partition, the first message and the offset after the last. */
  private final Map<Integer, Long> begins = new HashMap<>();

  private final Map<Integer, Long> next = new HashMap<>();
  private final TreeMap<Integer, Long> neverRead = new TreeMap<>();
  private long messages;
  private long beforeTheRun;
  private long notReadYet;
  private long withoutReading;
  private long lost;
  private long gone;

  /** Both outputs must have been read. */
  SourceCheck(
      ReadingNames raw,
      ReadingNames rejected,
      RunNumbers runs,
      Verification.Scope scope,
      Consumer<String> differences) {
    this.raw = raw;
    this.rejected = rejected;
    this.scope = scope;
    this.differences = differences;
    firsts = merged(raw.firsts(), rejected.firsts(), true);
    lasts = merged(raw.lasts(), rejected.lasts(), false);
    newestRun = runs.isOne() ? -1 : runs.newest();
    newestFirsts = merged(raw.firsts(newestRun), rejected.firsts(newestRun), true);
    newestLasts = merged(raw.lasts(newestRun), rejected.lasts(newestRun), false);
  }

  /**
   * Looks up a message.
   *
   * @param holdsNothing whether it needs no row
   */
  void message(int partition, long offset, boolean holdsNothing) {
    messages++;
    begins.putIfAbsent(partition, offset);
    Long expected = next.put(partition, offset + 1);
    if (expected != null && expected < offset) {
      checkGap(partition, expected, offset);
    }
    if (holdsNothing) {
      withoutReading++;
    } else if (!lasts.containsKey(partition)) {
      neverRead.merge(partition, 1L, Long::sum);
    } else if (raw.containsMessage(partition, offset)
        || rejected.containsMessage(partition, offset)) {
      checkNewestRun(partition, offset);
    } else if (!scope.complete() && offset > lasts.getOrDefault(partition, -1L)) {
      notReadYet++;
    } else if (!scope.fromEarliest() && offset < firsts.getOrDefault(partition, Long.MAX_VALUE)) {
      beforeTheRun++;
    } else {
      lost++;
      differs(partition, offset, "expected in raw or rejected, found in neither");
    }
  }

  /**
   * Checks that no output holds a message that the topic does not have.
   *
   * @param beginnings by partition; what is before was deleted and can't be checked
   * @param ends by partition; found after the outputs had been read
   */
  void end(Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
    for (var entry : lasts.entrySet()) {
      int partition = entry.getKey();
      long end = ends.getOrDefault(partition, 0L);
      long beginning = beginnings.getOrDefault(partition, 0L);
      gone += count(partition, beginning);
      checkGap(partition, beginning, Math.min(begins.getOrDefault(partition, end), end));
      checkGap(partition, next.getOrDefault(partition, end), end);
      if (entry.getValue() >= end) {
        differs(
            partition,
            entry.getValue(),
            "expected none, for the topic's partition ends at offset " + end);
      }
    }
    if (scope.complete() && scope.fromEarliest()) {
      neverRead.forEach(
          (partition, count) ->
              differences.accept(
                  "partition %d: expected its %d messages in raw or rejected, found none"
                      .formatted(partition, count)));
    }
  }

  /** How many messages should have a row and have none. */
  long lost() {
    return lost;
  }

  Balance.SourceTopic result() {
    return new Balance.SourceTopic(
        messages, beforeTheRun, notReadYet, withoutReading, neverRead, gone);
  }

  /** A reading that an older run has, but not the newest one, which read on both sides of it. */
  private void checkNewestRun(int partition, long offset) {
    if (offset < newestFirsts.getOrDefault(partition, Long.MAX_VALUE)
        || (!scope.complete() && offset > newestLasts.getOrDefault(partition, -1L))) {
      return;
    }
    BitSet missing = indexes(partition, offset);
    missing.andNot(raw.indexes(partition, offset, newestRun));
    missing.andNot(rejected.indexes(partition, offset, newestRun));
    missing.stream()
        .forEach(
            index ->
                differs(
                    ReadingNames.text(partition, offset, index),
                    "expected a row of run " + newestRun + ", found none"));
  }

  /** Offsets without a message: markers of transactions, and what compaction removed. */
  private void checkGap(int partition, long from, long to) {
    for (long offset = nextInOutputs(partition, from);
        offset < to;
        offset = nextInOutputs(partition, offset + 1)) {
      differs(partition, offset, "expected no row, for the topic has no such message, found one");
    }
  }

  private long count(int partition, long before) {
    long count = 0;
    for (long offset = nextInOutputs(partition, 0);
        offset < before;
        offset = nextInOutputs(partition, offset + 1)) {
      count += indexes(partition, offset).cardinality();
    }
    return count;
  }

  private BitSet indexes(int partition, long offset) {
    BitSet indexes = raw.indexes(partition, offset);
    indexes.or(rejected.indexes(partition, offset));
    return indexes;
  }

  private long nextInOutputs(int partition, long offset) {
    return Math.min(raw.next(partition, offset), rejected.next(partition, offset));
  }

  private static Map<Integer, Long> merged(
      Map<Integer, Long> some, Map<Integer, Long> others, boolean least) {
    var merged = new HashMap<>(some);
    others.forEach((partition, at) -> merged.merge(partition, at, least ? Math::min : Math::max));
    return merged;
  }

  private void differs(int partition, long offset, String what) {
    differs(ReadingNames.text(partition, offset, 0), what);
  }

  private void differs(String name, String what) {
    differences.accept("reading " + name + ": " + what);
  }
}
