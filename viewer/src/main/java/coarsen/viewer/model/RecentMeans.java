package coarsen.viewer.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest row of each recent window of one series. They are drawn as at most {@link
 * Line#MAX_POINTS} points: of more, the lowest and the highest mean of each column, with a band
 * that contains the whole column.
 */
final class RecentMeans {
  private static final int COLUMNS = Line.MAX_POINTS / 2 - 4;

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

  /** The end of the newest closed window; {@link Long#MIN_VALUE} if there is none. */
  long newestEnd() {
    for (Mean mean : rows.newestFirst()) {
      if (!mean.isOpen()) {
        return mean.endMicros();
      }
    }
    return Long.MIN_VALUE;
  }

  /** The end of the oldest window that is kept; fails if there is none. */
  long oldestEnd() {
    return rows.oldestFirst().iterator().next().endMicros();
  }

  /** The start of the newest window, open or closed; fails if there is none. */
  long newestStart() {
    return rows.newestFirst().iterator().next().startMicros();
  }

  /** The windows that are drawn within a range. */
  List<Mean> rowsWithin(Range range, long newest) {
    List<Mean> shown = new ArrayList<>();
    for (Mean mean : rows.oldestFirst()) {
      if (range.contains(at(mean, newest))) {
        shown.add(mean);
      }
    }
    return shown;
  }

  /**
   * The points within a range, and a neighbour on each side, so that the line reaches the edges.
   *
   * @param newest the newest event time, where open windows are drawn
   */
  List<MeanPoint> within(Range range, long newest) {
    List<MeanPoint> points = new ArrayList<>();
    MeanPoint before = null;
    long covered = Long.MIN_VALUE;
    for (Mean mean : rows.oldestFirst()) {
      boolean gap = covered != Long.MIN_VALUE && mean.startMicros() > covered;
      covered = Math.max(covered, mean.endMicros());
      var point = new MeanPoint(mean, at(mean, newest), gap, mean.min(), mean.max());
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
    return points.size() <= Line.MAX_POINTS ? points : condensed(points, range);
  }

  private static long at(Mean mean, long newest) {
    return mean.isOpen()
        ? Math.max(mean.startMicros(), Math.min(mean.endMicros(), newest))
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
    int min = 0;
    int max = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean gap = false;
    for (int i = 0; i < column.size(); i++) {
      MeanPoint point = column.get(i);
      min = point.mean().avg() < column.get(min).mean().avg() ? i : min;
      max = point.mean().avg() > column.get(max).mean().avg() ? i : max;
      low = Math.min(low, point.low());
      high = Math.max(high, point.high());
      gap |= point.isGapBefore();
    }
    MeanPoint first = column.get(Math.min(min, max));
    kept.add(new MeanPoint(first.mean(), first.atMicros(), gap, low, high));
    if (min != max) {
      MeanPoint second = column.get(Math.max(min, max));
      kept.add(new MeanPoint(second.mean(), second.atMicros(), false, low, high));
    }
  }
}
