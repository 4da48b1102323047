package coarsen.viewer.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one series, of each the newest row. Drawn as at most {@link Line#MOST_POINTS}
 * points: of more, the least and greatest mean of each column, and a band that holds all of them.
 */
final class RecentMeans {
  private static final int COLUMNS = Line.MOST_POINTS / 2 - 4;

  private final Latest<Mean> rows;

  RecentMeans() {
    rows = Mean.latest();
  }

  private RecentMeans(RecentMeans other) {
    rows = other.rows.copy();
  }

  RecentMeans copy() {
    return new RecentMeans(this);
  }

  void add(Mean mean) {
    rows.add(mean);
  }

  boolean isEmpty() {
    return rows.size() == 0;
  }

  /** Where the newest window that is closed ends, or the least long if there is none. */
  long newestEnd() {
    for (Mean mean : rows.newestFirst()) {
      if (!mean.isOpen()) {
        return mean.endMicros();
      }
    }
    return Long.MIN_VALUE;
  }

  /** Where the oldest window that is kept ends; not to be asked of no windows. */
  long oldestEnd() {
    return rows.oldestFirst().iterator().next().endMicros();
  }

  /** Where the newest window starts, open or not; not to be asked of no windows. */
  long newestStart() {
    return rows.newestFirst().iterator().next().startMicros();
  }

  /** Windows that are drawn within a range. */
  List<Mean> rowsWithin(Range range, long now) {
    List<Mean> shown = new ArrayList<>();
    for (Mean mean : rows.oldestFirst()) {
      if (range.contains(at(mean, now))) {
        shown.add(mean);
      }
    }
    return shown;
  }

  /**
   * Points within a range, and the neighbours on both sides, so that the line goes on.
   *
   * @param now how far event time has come
   */
  List<MeanPoint> within(Range range, long now) {
    List<MeanPoint> points = new ArrayList<>();
    MeanPoint before = null;
    long covered = Long.MIN_VALUE;
    for (Mean mean : rows.oldestFirst()) {
      boolean gap = covered != Long.MIN_VALUE && mean.startMicros() > covered;
      covered = Math.max(covered, mean.endMicros());
      var point = new MeanPoint(mean, at(mean, now), gap, mean.min(), mean.max());
      if (point.atMicros() < range.from()) {
        before = point;
        continue;
      }
      if (before != null) {
        points.add(before);
        before = null;
      }
      points.add(point);
      if (point.atMicros() > range.to()) {
        break;
      }
    }
    return points.size() <= Line.MOST_POINTS ? points : condensed(points, range);
  }

  private static long at(Mean mean, long now) {
    return mean.isOpen()
        ? Math.max(mean.startMicros(), Math.min(mean.endMicros(), now))
        : mean.endMicros();
  }

  private static List<MeanPoint> condensed(List<MeanPoint> points, Range range) {
    long length = range.length() / COLUMNS + 1;
    List<MeanPoint> kept = new ArrayList<>();
    int from = 0;
    while (from < points.size()) {
      long number = Math.floorDiv(points.get(from).atMicros(), length);
      int to = from + 1;
      while (to < points.size() && Math.floorDiv(points.get(to).atMicros(), length) == number) {
        to++;
      }
      keepExtremes(points.subList(from, to), kept);
      from = to;
    }
    return kept;
  }

  private static void keepExtremes(List<MeanPoint> column, List<MeanPoint> kept) {
    int least = 0;
    int greatest = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean gap = false;
    for (int i = 0; i < column.size(); i++) {
      MeanPoint point = column.get(i);
      least = point.mean().avg() < column.get(least).mean().avg() ? i : least;
      greatest = point.mean().avg() > column.get(greatest).mean().avg() ? i : greatest;
      low = Math.min(low, point.low());
      high = Math.max(high, point.high());
      gap |= point.isGapBefore();
    }
    MeanPoint first = column.get(Math.min(least, greatest));
    kept.add(new MeanPoint(first.mean(), first.atMicros(), gap, low, high));
    if (least != greatest) {
      MeanPoint second = column.get(Math.max(least, greatest));
      kept.add(new MeanPoint(second.mean(), second.atMicros(), false, low, high));
    }
  }
}
