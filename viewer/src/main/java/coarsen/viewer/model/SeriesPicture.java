package coarsen.viewer.model;

import java.util.List;

/**
 * One series to draw. Immutable.
 *
 * @param name {@link Selection#ALL_READINGS} if it is all readings, whatever their series
 * @param colour 0 if it is alone and all readings: blue, and red for the means; otherwise 1 to
 *     {@link Selection#MOST}, for both
 * @param originals the readings
 * @param density where the readings are dense
 * @param means the windows' means, in order of event time
 * @param rows of visible windows
 * @param readings in those rows
 */
public record SeriesPicture(
    String name,
    int colour,
    Line originals,
    Density density,
    List<MeanPoint> means,
    long rows,
    long readings) {
  /** Copies the list. */
  public SeriesPicture {
    means = List.copyOf(means);
  }

  /** The name to print; all readings have one beside series only. */
  public String label() {
    return colour != SeriesChoice.ALONE && name.equals(Selection.ALL_READINGS)
        ? "all readings"
        : name;
  }

  /** The newest mean that is drawn; NaN if there is none. */
  public double lastMean() {
    return means.isEmpty() ? Double.NaN : means.get(means.size() - 1).mean().avg();
  }

  /** This series without its readings, its means, or both. */
  SeriesPicture only(boolean withOriginals, boolean withMeans) {
    return new SeriesPicture(
        name,
        colour,
        withOriginals ? originals : Line.EMPTY,
        withOriginals ? density : Density.EMPTY,
        withMeans ? means : List.of(),
        rows,
        readings);
  }

  /** This series without its density, so that all readings are drawn as a line. */
  SeriesPicture asLine() {
    return new SeriesPicture(name, colour, originals, Density.EMPTY, means, rows, readings);
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
