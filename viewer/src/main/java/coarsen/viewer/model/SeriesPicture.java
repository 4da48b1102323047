package coarsen.viewer.model;

import java.util.List;

/**
 * One series to draw. Immutable.
 *
 * @param name empty if the outputs do not name series and so have only one
 * @param originals the readings
 * @param density where the readings are dense
 * @param means the windows' means, in order of event time
 * @param readingsPerRow the reduction ratio over the visible windows; NaN if there is none
 */
public record SeriesPicture(
    String name, Line originals, Density density, List<MeanPoint> means, double readingsPerRow) {
  /** Copies the list. */
  public SeriesPicture {
    means = List.copyOf(means);
  }

  /**
   * Whether the line of readings is not drawn between a point and the one before it: at a gap, and
   * where the density is drawn instead.
   */
  public boolean isBrokenBefore(int index) {
    return originals.isGapBefore(index)
        || (index > 0
            && density.covers(originals.micros(index - 1))
            && density.covers(originals.micros(index)));
  }

  /** Whether a reading has a gap on both sides, and so is in no line. */
  public boolean isLone(int index) {
    boolean isLast = index + 1 == originals.size();
    return (index == 0 || originals.isGapBefore(index))
        && (isLast || originals.isGapBefore(index + 1))
        && !density.covers(originals.micros(index));
  }
}
