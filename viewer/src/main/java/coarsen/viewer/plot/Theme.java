package coarsen.viewer.plot;

import coarsen.viewer.model.SeriesChoice;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/** The colours of a plot. */
public enum Theme {
  /** Dark ink on white. */
  LIGHT(
      Color.WHITE,
      new Color(0x33, 0x33, 0x33),
      new Color(0xE4, 0xE4, 0xE4),
      new Color(0x1F, 0x5F, 0xBF),
      new Color(0xD6, 0x20, 0x20),
      0x266E8C,
      0xA68716,
      0xEB4AF0,
      0x0EA395,
      0x974C43,
      0x0F3E6E,
      0x5C3600,
      0x222222),

  /** Light ink on near black. */
  DARK(
      new Color(0x18, 0x1B, 0x20),
      new Color(0xD8, 0xDB, 0xE0),
      new Color(0x34, 0x39, 0x42),
      new Color(0x5A, 0x9B, 0xF8),
      new Color(0xFF, 0x5A, 0x52),
      0x69D3FE,
      0xE38605,
      0xC63998,
      0x78B092,
      0xFFD30E,
      0x0766E5,
      0x806734,
      0xF2F2F2);

  private final Color background;
  private final Color ink;
  private final Color grid;
  private final Color original;
  private final Color mean;

  /**
   * Around the hues of Okabe and Ito's palette, chosen so that all stand out from the background,
   * and so that the colours are as far apart as can be for people with each kind of colour vision.
   */
  @SuppressWarnings("ImmutableEnumChecker") // It can't be changed.
  private final List<Color> series;

  Theme(Color background, Color ink, Color grid, Color original, Color mean, int... series) {
    this.background = background;
    this.ink = ink;
    this.grid = grid;
    this.original = original;
    this.mean = mean;
    this.series = Arrays.stream(series).mapToObj(Color::new).toList();
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

  /**
   * The colour of a series' readings.
   *
   * @param colour 0 for all readings: blue; 1 to {@link coarsen.viewer.model.Selection#MOST} for
   *     one series of several
   */
  public Color original(int colour) {
    return colour == SeriesChoice.ALONE ? original : series.get(colour - 1);
  }

  /**
   * The colour of a series' means.
   *
   * @param colour 0 for all readings: red; 1 to {@link coarsen.viewer.model.Selection#MOST} for one
   *     series of several: that of its readings
   */
  public Color mean(int colour) {
    return colour == SeriesChoice.ALONE ? mean : series.get(colour - 1);
  }

  /** The colours of cells with few to many readings of a series, by its colour. */
  public List<Color> shades(int colour) {
    return Shades.of(background, original(colour));
  }
}
