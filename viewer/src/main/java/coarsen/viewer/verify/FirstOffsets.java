package coarsen.viewer.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where in a partition its readings first reached each step of event time. Readings may be added in
 * any order; only those that rise above all readings with smaller offsets are kept, so there is at
 * most one for each step.
 */
final class FirstOffsets {
  /** Stands for no offset; greater than any offset. */
  static final long NONE = Long.MAX_VALUE;

  /** Steps and offsets both ascend. */
  private final TreeMap<Long, Long> offsetByStep = new TreeMap<>();

  private long lastStep = Long.MIN_VALUE;
  private long lastOffset = NONE;

  /** Adds a reading that reaches a step. */
  void add(long step, long offset) {
    if (step == lastStep && offset >= lastOffset) {
      return;
    }
    lastStep = step;
    lastOffset = from(step);
    if (offset >= lastOffset) {
      return;
    }
    lastOffset = offset;
    offsetByStep.put(step, offset);
    for (var lower = offsetByStep.lowerEntry(step);
        lower != null && lower.getValue() >= offset;
        lower = offsetByStep.lowerEntry(step)) {
      offsetByStep.remove(lower.getKey());
    }
  }

  /** The smallest offset of a reading at this step or above; {@link #NONE} if there is none. */
  long from(long step) {
    Map.Entry<Long, Long> first = offsetByStep.ceilingEntry(step);
    return first == null ? NONE : first.getValue();
  }

  /** By offset, the step that was first reached there. */
  Map<Long, Long> stepByOffset() {
    var steps = new HashMap<Long, Long>();
    offsetByStep.forEach((step, offset) -> steps.put(offset, step));
    return steps;
  }
}
