package coarsen.pipeline.time;

import coarsen.records.Series;
import java.util.HashSet;
import java.util.Set;

/**
 * The series that a partition has at a time: those that came in this stretch of event time and in
 * the one before. A stretch is as long as a window takes readings, and begins at a multiple of its
 * length. So a topic with a new series in each message is found out, before its state fills the
 * memory, in offset order: a replay from the same offset comes to the same end.
 */
final class KnownSeries {
  private final long stretchMicros;
  private Set<Series> current = new HashSet<>();
  private Set<Series> previous = new HashSet<>();
  private long stretch = Long.MIN_VALUE;

  KnownSeries(EventTimeRules rules) {
    stretchMicros =
        EventTimeRules.micros(
            rules.window().plus(rules.maxOutOfOrder()).plus(rules.allowedLateness()));
  }

  /**
   * Takes the series of a reading.
   *
   * @param max how many there may be
   * @param eventTime the greatest of the partition so far, microseconds since 1970
   * @return whether it is known, or there was room for it
   */
  boolean accept(Series series, int max, long eventTime) {
    long reached = Math.floorDiv(eventTime, stretchMicros);
    if (reached > stretch) {
      previous = reached == stretch + 1 ? current : new HashSet<>();
      current = new HashSet<>();
      stretch = reached;
    }
    if (current.contains(series)) {
      return true;
    }
    if (!previous.remove(series) && current.size() + previous.size() >= max) {
      return false;
    }
    return current.add(series);
  }
}
