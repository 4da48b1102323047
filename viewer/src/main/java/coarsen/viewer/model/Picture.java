package coarsen.viewer.model;

import java.util.List;
import java.util.function.Predicate;

/**
 * What to draw at one moment. Immutable.
 *
 * @param range the visible event times; series may have one point beyond each end, so that lines
 *     reach the edges
 * @param series in order of name; empty before the first row
 * @param choice how the series were chosen
 * @param status the state of the outputs, which a pause does not hold
 * @param paused whether the series are held while reading continues
 * @param waiting rows that arrived since the pause; 0 if there is none
 */
public record Picture(
    Range range,
    List<SeriesPicture> series,
    SeriesChoice choice,
    Status status,
    boolean paused,
    long waiting) {
  /** Copies the list. */
  public Picture {
    series = List.copyOf(series);
  }

  /** Whether there is nothing to draw yet. */
  public boolean isEmpty() {
    return series.isEmpty();
  }

  /** The number of points of readings in all series. */
  public int originals() {
    return series.stream().mapToInt(each -> each.originals().size()).sum();
  }

  /** The number of points of means in all series. */
  public int means() {
    return series.stream().mapToInt(each -> each.means().size()).sum();
  }

  /** The reduction ratio over the visible windows of all series; NaN if there is none. */
  public double readingsPerRow() {
    double readings = series.stream().mapToLong(SeriesPicture::readings).sum();
    return readings / series.stream().mapToLong(SeriesPicture::rows).sum();
  }

  /**
   * This picture without some lines.
   *
   * @param originals whether to keep the readings of a series
   * @param means whether to keep its means
   */
  public Picture only(Predicate<SeriesPicture> originals, Predicate<SeriesPicture> means) {
    return with(
        series.stream().map(each -> each.only(originals.test(each), means.test(each))).toList());
  }

  /** This picture for one plot: the densities of several series could not be told apart on it. */
  public Picture onOnePlot() {
    return series.size() < 2 ? this : with(series.stream().map(SeriesPicture::asLine).toList());
  }

  /** For each series a picture with that series alone. */
  public List<Picture> bySeries() {
    return series.stream().map(each -> with(List.of(each))).toList();
  }

  private Picture with(List<SeriesPicture> others) {
    return new Picture(range, others, choice, status, paused, waiting);
  }

  Picture asPaused(Status now, long waitingRows) {
    return new Picture(range, series, choice, now, true, waitingRows);
  }
}
