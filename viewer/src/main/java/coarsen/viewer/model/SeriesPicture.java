package coarsen.viewer.model;

import java.util.List;

/**
 * One series to draw. Immutable.
 *
 * @param name empty if the outputs do not name series and so have only one
 * @param originals the readings
 * @param means the windows' means, in order of event time
 * @param readingsPerRow the reduction ratio over the visible windows; NaN if there is none
 */
public record SeriesPicture(
    String name, Line originals, List<MeanPoint> means, double readingsPerRow) {
  /** Copies the list. */
  public SeriesPicture {
    means = List.copyOf(means);
  }
}
