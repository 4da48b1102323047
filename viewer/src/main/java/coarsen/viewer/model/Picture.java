package coarsen.viewer.model;

import java.util.List;
import java.util.function.Predicate;

/**
 * What to draw at one moment. Immutable.
 *
 * @param range the visible event times; series may have one point beyond each end, so that lines
 *     reach the edges
 * @param series in order of name; empty before the first row
 * @param status the state of the outputs, which a pause does not hold
 * @param paused whether the series are held while reading continues
 * @param waiting rows that arrived since the pause; 0 if there is none
 */
public record Picture(
    Range range, List<SeriesPicture> series, Status status, boolean paused, long waiting) {
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

  /**
   * This picture without some lines.
   *
   * @param originals whether to keep the readings of the series with this name
   * @param means whether to keep its means
   */
  public Picture only(Predicate<String> originals, Predicate<String> means) {
    return new Picture(
        range,
        series.stream()
            .map(
                each ->
                    new SeriesPicture(
                        each.name(),
                        originals.test(each.name()) ? each.originals() : Line.EMPTY,
                        originals.test(each.name()) ? each.density() : Density.EMPTY,
                        means.test(each.name()) ? each.means() : List.of(),
                        each.readingsPerRow()))
            .toList(),
        status,
        paused,
        waiting);
  }

  Picture asPaused(Status now, long waitingRows) {
    return new Picture(range, series, now, true, waitingRows);
  }
}
