package coarsen.viewer.plot;

import java.awt.Color;
import java.util.List;

/** The colours of a plot. */
public enum Theme {
  /** Dark ink on white. */
  LIGHT(
      Color.WHITE,
      new Color(0x33, 0x33, 0x33),
      new Color(0xE4, 0xE4, 0xE4),
      new Color(0x1F, 0x5F, 0xBF),
      new Color(0xD6, 0x20, 0x20)),

  /** Light ink on near black. */
  DARK(
      new Color(0x18, 0x1B, 0x20),
      new Color(0xD8, 0xDB, 0xE0),
      new Color(0x34, 0x39, 0x42),
      new Color(0x5A, 0x9B, 0xF8),
      new Color(0xFF, 0x5A, 0x52));

  private static final float HUE_STEP = 0.11f;

  private final Color background;
  private final Color ink;
  private final Color grid;
  private final Color original;
  private final Color mean;

  Theme(Color background, Color ink, Color grid, Color original, Color mean) {
    this.background = background;
    this.ink = ink;
    this.grid = grid;
    this.original = original;
    this.mean = mean;
  }

  /** The background. */
  public Color background() {
    return background;
  }

  /** The colour of text and axes. */
  public Color ink() {
    return ink;
  }

  /** The colour of grid lines, and of hidden lines in the legend. */
  public Color grid() {
    return grid;
  }

  /** The colour of a series' readings, by the index of the series: blue is the first. */
  public Color original(int series) {
    return turned(original, series);
  }

  /** The colour of a series' means, by the index of the series: red is the first. */
  public Color mean(int series) {
    return turned(mean, series);
  }

  /** The colours of cells with few to many readings of a series, by the index of the series. */
  public List<Color> shades(int series) {
    return Shades.of(background, original(series));
  }

  private static Color turned(Color color, int steps) {
    float[] hsb = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
    return Color.getHSBColor(hsb[0] + steps * HUE_STEP, hsb[1], hsb[2]);
  }
}
