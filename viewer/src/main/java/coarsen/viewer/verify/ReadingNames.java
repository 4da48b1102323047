package coarsen.viewer.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which readings stand in an output: partition and offset, and in the rows of which runs. */
final class ReadingNames {
  /** No run: more than all there are. */
  static final int NO_RUN = Integer.MAX_VALUE;

  private final Map<Integer, TreeMap<Integer, OffsetSet>> byPartition = new HashMap<>();

  /** Whether the reading was in no row of that run before. */
  boolean add(int partition, long offset, int run) {
    return byPartition
        .computeIfAbsent(partition, key -> new TreeMap<>())
        .computeIfAbsent(run, key -> new OffsetSet())
        .add(offset);
  }

  boolean contains(int partition, long offset) {
    return tellingRun(partition, offset, NO_RUN) != NO_RUN;
  }

  boolean contains(int partition, long offset, int run) {
    TreeMap<Integer, OffsetSet> runs = byPartition.get(partition);
    OffsetSet offsets = runs == null ? null : runs.get(run);
    return offsets != null && offsets.contains(offset);
  }

  /**
   * The run whose row tells whether a reading was late, seen from a window's newest row: that row's
   * run, else the nearest before it, else the nearest after it.
   *
   * @param run of the window's newest row; {@link #NO_RUN} if it has none
   * @return {@link #NO_RUN} if the reading is in no row
   */
  int tellingRun(int partition, long offset, int run) {
    TreeMap<Integer, OffsetSet> runs = byPartition.get(partition);
    if (runs == null) {
      return NO_RUN;
    }
    for (var at = runs.floorEntry(run); at != null; at = runs.lowerEntry(at.getKey())) {
      if (at.getValue().contains(offset)) {
        return at.getKey();
      }
    }
    for (var at = runs.higherEntry(run); at != null; at = runs.higherEntry(at.getKey())) {
      if (at.getValue().contains(offset)) {
        return at.getKey();
      }
    }
    return NO_RUN;
  }

  /** By partition, the first offset of all runs. */
  Map<Integer, Long> firsts() {
    var firsts = new HashMap<Integer, Long>();
    byPartition.forEach(
        (partition, runs) ->
            runs.values().forEach(set -> firsts.merge(partition, set.first(), Math::min)));
    return firsts;
  }

  /** By partition, the last offset of all runs. */
  Map<Integer, Long> lasts() {
    var lasts = new HashMap<Integer, Long>();
    byPartition.forEach(
        (partition, runs) ->
            runs.values().forEach(set -> lasts.merge(partition, set.last(), Math::max)));
    return lasts;
  }
}
