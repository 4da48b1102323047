package coarsen.outputs;

import java.util.Map;

/**
 * Which offsets a topic had when its reading began.
 *
 * @param beginnings by partition, the first offset that was not deleted
 * @param ends by partition, the offset after the last
 */
public record TopicBounds(Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
  /** Copies the maps. */
  public TopicBounds {
    beginnings = Map.copyOf(beginnings);
    ends = Map.copyOf(ends);
  }
}
