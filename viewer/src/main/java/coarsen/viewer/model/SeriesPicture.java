package coarsen.viewer.model;

import java.util.List;

/**
 * One series as it is drawn; never changes.
 *
 * @param name empty for the only series of outputs that have no names of series
 * @param originals the readings
 * @param means the windows' means, by where they are drawn
 * @param readingsPerRow the reduction ratio: readings for each row, over the windows that are
 *     shown; NaN without one
 */
public record SeriesPicture(
    String name, Line originals, List<MeanPoint> means, double readingsPerRow) {
  /** Keeps its own, unmodifiable list. */
  public SeriesPicture {
    means = List.copyOf(means);
  }
}
