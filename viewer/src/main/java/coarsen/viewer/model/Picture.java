package coarsen.viewer.model;

import java.util.List;
import java.util.function.Predicate;

/**
 * What there is to draw at one moment; never changes.
 *
 * @param range the event times that are shown; points may lie beyond it, one on each side, to which
 *     lines go on
 * @param series by name; none before the first row
 * @param status where it all comes from, and how that is; not held by a pause
 * @param paused whether the series stand still while reading goes on
 * @param waiting rows that came since the pause; 0 without one
 */
public record Picture(
    Range range, List<SeriesPicture> series, Status status, boolean paused, long waiting) {
  /** Keeps its own, unmodifiable list. */
  public Picture {
    series = List.copyOf(series);
  }

  /** Whether nothing has been read that could be drawn. */
  public boolean isEmpty() {
    return series.isEmpty();
  }

  /** Points of originals, of all series. */
  public int originals() {
    return series.stream().mapToInt(each -> each.originals().size()).sum();
  }

  /** Points of means, of all series. */
  public int means() {
    return series.stream().mapToInt(each -> each.means().size()).sum();
  }

  /** Without the originals or means that are not wanted. */
  public Picture only(Predicate<String> originals, Predicate<String> means) {
    return new Picture(
        range,
        series.stream()
            .map(
                each ->
                    new SeriesPicture(
                        each.name(),
                        originals.test(each.name()) ? each.originals() : Line.EMPTY,
                        means.test(each.name()) ? each.means() : List.of(),
                        each.readingsPerRow()))
            .toList(),
        status,
        paused,
        waiting);
  }

  Picture held(Status now, long waitingRows) {
    return new Picture(range, series, now, true, waitingRows);
  }
}
