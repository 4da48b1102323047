package coarsen.viewer.verify;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Where in a partition its readings first reached each step of event time. Readings may be added in
 * any order; only those that rise above all readings before them are kept, so there is at most one
 * for each step.
 */
final class FirstPositions {
  /** Steps and positions both ascend. */
  private final TreeMap<Long, ReadingPosition> positionByStep = new TreeMap<>();

  private long lastStep = Long.MIN_VALUE;
  private ReadingPosition last = ReadingPosition.NONE;

  /** Adds a reading that reaches a step. */
  void add(long step, long offset, int index) {
    if (step != lastStep) {
      lastStep = step;
      last = from(step);
    }
    if (last.isAfter(offset, index)) {
      last = new ReadingPosition(offset, index);
      positionByStep.put(step, last);
      for (var lower = positionByStep.lowerEntry(step);
          lower != null && lower.getValue().compareTo(last) >= 0;
          lower = positionByStep.lowerEntry(step)) {
        positionByStep.remove(lower.getKey());
      }
    }
  }

  /** The first reading at this step or above; {@link ReadingPosition#NONE} if there is none. */
  ReadingPosition from(long step) {
    Map.Entry<Long, ReadingPosition> first = positionByStep.ceilingEntry(step);
    return first == null ? ReadingPosition.NONE : first.getValue();
  }

  /** By position, the step that was first reached there. */
  NavigableMap<ReadingPosition, Long> stepByPosition() {
    var steps = new TreeMap<ReadingPosition, Long>();
    positionByStep.forEach((step, position) -> steps.put(position, step));
    return steps;
  }
}
