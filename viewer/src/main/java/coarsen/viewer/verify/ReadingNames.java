package coarsen.viewer.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The readings of an output, by partition, offset and index, and the runs that wrote a row of them.
 */
final class ReadingNames {
  /** Stands for no run; greater than any run. */
  static final int NO_RUN = Integer.MAX_VALUE;

  private static final TreeMap<Integer, RunReadings> NOTHING = new TreeMap<>();

  private final Map<Integer, TreeMap<Integer, RunReadings>> byPartition = new HashMap<>();

  /** The name of a reading for people, such as {@code 0:77}, or {@code 0:77:3} with an index. */
  static String text(int partition, long offset, int index) {
    return partition + ":" + offset + (index == 0 ? "" : ":" + index);
  }

  /** Adds a row; whether it is the run's first row of the reading. */
  boolean add(int partition, long offset, int index, int run) {
    return byPartition
        .computeIfAbsent(partition, key -> new TreeMap<>())
        .computeIfAbsent(run, key -> new RunReadings())
        .add(offset, index);
  }

  /** Whether any run wrote a row of the reading. */
  boolean contains(int partition, long offset, int index) {
    return decisiveRun(partition, offset, index, NO_RUN) != NO_RUN;
  }

  /** Whether this run wrote a row of the reading. */
  boolean contains(int partition, long offset, int index, int run) {
    TreeMap<Integer, RunReadings> runs = byPartition.get(partition);
    RunReadings readings = runs == null ? null : runs.get(run);
    return readings != null && readings.contains(offset, index);
  }

  /** Whether any run wrote a row of a reading of the message. */
  boolean containsMessage(int partition, long offset) {
    for (RunReadings readings : byPartition.getOrDefault(partition, NOTHING).values()) {
      if (readings.containsMessage(offset)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all indexes in a partition are 0. */
  boolean isPlain(int partition) {
    for (RunReadings readings : byPartition.getOrDefault(partition, NOTHING).values()) {
      if (!readings.isPlain()) {
        return false;
      }
    }
    return true;
  }

  /** The indexes of a message of which any run wrote a row. */
  BitSet indexes(int partition, long offset) {
    var indexes = new BitSet();
    byPartition
        .getOrDefault(partition, NOTHING)
        .values()
        .forEach(readings -> readings.addIndexes(offset, indexes));
    return indexes;
  }

  /** The indexes of a message of which this run wrote a row. */
  BitSet indexes(int partition, long offset, int run) {
    var indexes = new BitSet();
    RunReadings readings = byPartition.getOrDefault(partition, NOTHING).get(run);
    if (readings != null) {
      readings.addIndexes(offset, indexes);
    }
    return indexes;
  }

  /** The smallest offset that any run has from this one on; {@code Long.MAX_VALUE} if none. */
  long next(int partition, long offset) {
    return byPartition.getOrDefault(partition, NOTHING).values().stream()
        .mapToLong(set -> set.next(offset))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Of a run, by partition, the smallest offset. */
  Map<Integer, Long> firsts(int run) {
    var firsts = new HashMap<Integer, Long>();
    byPartition.forEach(
        (partition, runs) -> {
          if (runs.containsKey(run)) {
            firsts.put(partition, runs.get(run).first());
          }
        });
    return firsts;
  }

  /** Of a run, by partition, the largest offset. */
  Map<Integer, Long> lasts(int run) {
    var lasts = new HashMap<Integer, Long>();
    byPartition.forEach(
        (partition, runs) -> {
          if (runs.containsKey(run)) {
            lasts.put(partition, runs.get(run).last());
          }
        });
    return lasts;
  }

  /** The runs that wrote a row. */
  NavigableSet<Integer> runs() {
    var all = new TreeSet<Integer>();
    byPartition.values().forEach(runs -> all.addAll(runs.keySet()));
    return all;
  }

  /**
   * The run whose row of a reading counts for a window: the run of the window's newest row, else
   * the nearest before it, else the nearest after it.
   *
   * @param run of the window's newest row; {@link #NO_RUN} if it has none
   * @return {@link #NO_RUN} if no run wrote a row of the reading
   */
  int decisiveRun(int partition, long offset, int index, int run) {
    TreeMap<Integer, RunReadings> runs = byPartition.get(partition);
    if (runs == null) {
      return NO_RUN;
    }
    for (var at = runs.floorEntry(run); at != null; at = runs.lowerEntry(at.getKey())) {
      if (at.getValue().contains(offset, index)) {
        return at.getKey();
      }
    }
    for (var at = runs.higherEntry(run); at != null; at = runs.higherEntry(at.getKey())) {
      if (at.getValue().contains(offset, index)) {
        return at.getKey();
      }
    }
    return NO_RUN;
  }

  /** By partition, the smallest offset of all runs. */
  Map<Integer, Long> firsts() {
    var firsts = new HashMap<Integer, Long>();
    byPartition.forEach(
        (partition, runs) ->
            runs.values().forEach(set -> firsts.merge(partition, set.first(), Math::min)));
    return firsts;
  }

  /** By partition, the largest offset of all runs. */
  Map<Integer, Long> lasts() {
    var lasts = new HashMap<Integer, Long>();
    byPartition.forEach(
        (partition, runs) ->
            runs.values().forEach(set -> lasts.merge(partition, set.last(), Math::max)));
    return lasts;
  }
}
