package coarsen.viewer.plot;

import coarsen.viewer.model.Density;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.ValueRows;

/**
 * How dark each cell of a density is, a cell being a column of event time by a row of values: from
 * 1 to {@link #SHADES}, by the logarithm of the readings in it, relative to the densest cell; 0
 * without readings. A single reading has at least 1, which is easily seen.
 */
public final class Shading {
  /**
   * The number of shades, of which the last is the darkest (the brightest on a dark background).
   */
  public static final int SHADES = 15;

  private final Density density;
  private final ValueRows rows;
  private final byte[][] shades;

  private Shading(Density density, ValueRows rows) {
    this.density = density;
    this.rows = rows;
    var counts = new double[density.columns()][];
    double most = 0;
    for (int column = 0; column < counts.length; column++) {
      counts[column] = density.counts(column, rows);
      for (double count : counts[column]) {
        most = Math.max(most, count);
      }
    }
    shades = new byte[counts.length][rows.count()];
    double scale = SHADES / Math.log1p(most);
    for (int column = 0; column < counts.length; column++) {
      for (int row = 0; row < rows.count(); row++) {
        shades[column][row] = (byte) Math.ceil(Math.log1p(counts[column][row]) * scale - 1e-9);
      }
    }
  }

  /**
   * Shades what is visible.
   *
   * @param limits of the value axis
   */
  static Shading of(Density density, Limits limits) {
    return new Shading(density, ValueRows.of(limits.low(), limits.high()));
  }

  /** Shades a series' density on the value axis of its picture. */
  public static Shading of(Density density, Picture picture, PlotStyle style) {
    return of(density, Limits.of(picture, style.band()).locked(style));
  }

  /** The density's columns of event time. */
  public Density density() {
    return density;
  }

  /** The rows of values, from low to high. */
  public ValueRows rows() {
    return rows;
  }

  /** Whether there are readings in a cell, and none in the eight cells around it. */
  public boolean isLone(int column, int row) {
    int found = 0;
    for (int x = Math.max(0, column - 1); x <= Math.min(column + 1, shades.length - 1); x++) {
      for (int y = Math.max(0, row - 1); y <= Math.min(row + 1, rows.count() - 1); y++) {
        found += shades[x][y] > 0 ? 1 : 0;
      }
    }
    return found == 1 && shades[column][row] > 0;
  }

  /** The shade of a cell, 0 to {@link #SHADES}. */
  public int shade(int column, int row) {
    return shades[column][row];
  }
}
