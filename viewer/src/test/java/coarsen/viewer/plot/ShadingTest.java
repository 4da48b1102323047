package coarsen.viewer.plot;

import static coarsen.viewer.Rows.picture;
import static coarsen.viewer.Rows.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Reading;
import coarsen.viewer.model.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks at shades, and at the pixels that have them. */
class ShadingTest {
  /** 30 seconds of a thousand readings a second: 15 of 16 at 1, others at 4, one at 8. */
  private static final Picture BIMODAL =
      picture(
          IntStream.range(0, 30_000)
              .mapToObj(i -> reading(i / 1_000.0, value(i), 0, i, 0))
              .toList(),
          List.of());

  private static double value(int i) {
    return i == 15_008 ? 8 : i % 16 == 0 ? 4 : 1;
  }

  @Test
  void theDensestCellIsTheDarkestAndAReadingIsShadedAtLeast() {
    Shading shading = shading(BIMODAL, PlotStyle.DEFAULT);
    int darkest = 0;
    int shaded = 0;
    for (int column = 0; column < shading.density().columns(); column++) {
      double[] counts = shading.density().counts(column, shading.rows());
      for (int row = 0; row < counts.length; row++) {
        assertEquals(counts[row] > 0, shading.shade(column, row) > 0);
        darkest = Math.max(darkest, shading.shade(column, row));
        shaded += shading.shade(column, row) > 0 ? 1 : 0;
      }
    }
    assertEquals(15, darkest);
    assertEquals(
        2 * shading.density().columns() + 1, shaded, 2.0, "cells at 1 and 4, and one at 8");
  }

  @Test
  void onlyACellWithNothingAroundItIsLone() {
    Shading shading = shading(BIMODAL, PlotStyle.DEFAULT);
    List<Double> lone = new ArrayList<>();
    for (int column = 0; column < shading.density().columns(); column++) {
      for (int row = 0; row < shading.rows().count(); row++) {
        if (shading.isLone(column, row)) {
          lone.add(shading.rows().low(row));
        }
      }
    }
    assertEquals(List.of(8.0), lone);
  }

  @Test
  void theDensePlaceIsDarkerThanTheSparseOneAndALoneReadingIsSeen() {
    BufferedImage image = PictureFile.image(BIMODAL, PlotStyle.DEFAULT);
    int dense = darkest(image, 1);
    int sparse = darkest(image, 4);
    assertTrue(dense < sparse - 50 && sparse < 195, dense + " " + sparse);
    assertTrue(darkest(image, 8) < 195, "the lone reading, at the end of the axis");
    assertEquals(255, darkest(image, 6), "nothing between them");
    assertEquals(255, darkest(image, 2.5), "no line from one to the other");
    assertEquals(16, blue(image, 54, 80), "a lone reading has four by four pixels");
  }

  @Test
  void aLockedAxisShowsTheSameReadingsLarger() {
    PlotStyle locked = new PlotStyle(false, 3.5, 4.5, false, ZoneId.of("UTC"), Theme.LIGHT);
    Shading shading = shading(BIMODAL, locked);
    assertTrue(shading.rows().low(0) >= 3 && shading.rows().height() < 0.02, "" + shading.rows());
    double found = 0;
    for (int column = 0; column < shading.density().columns(); column++) {
      for (double count : shading.density().counts(column, shading.rows())) {
        found += count;
      }
    }
    // A sixteenth of all, but for the one at 8.
    assertEquals(30_000 / 16 - 1, found);
  }

  @Test
  void equalReadingsAreALevelLineInTheMiddle() {
    List<Reading> equal =
        IntStream.range(0, 30_000).mapToObj(i -> reading(i / 1_000.0, 57, 0, i, 0)).toList();
    BufferedImage image = PictureFile.image(picture(equal, List.of()), PlotStyle.DEFAULT);
    int blue = blue(image, 60, 500);
    assertTrue(blue >= 850 * 2 && blue <= 900 * 2, "two pixels high: " + blue);
    assertEquals(blue, blue(image, 270, 284), "in the middle of the axis");
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void shadesGoFromNearTheBackgroundToTheColourInEvenSteps(Theme theme) {
    List<Color> shades = theme.shades(0);
    assertEquals(15, shades.size());
    assertEquals(theme.original(0), shades.get(14));
    double first = lightness(theme.background()) - lightness(shades.get(0));
    double all = lightness(theme.background()) - lightness(shades.get(14));
    assertTrue(first / all > 0.3 && first / all < 0.6, first + " of " + all);
    for (int i = 1; i < shades.size(); i++) {
      double step = lightness(shades.get(i - 1)) - lightness(shades.get(i));
      assertEquals((all - first) / 14, step, Math.abs(all) / 40, "step " + i);
    }
    assertFalse(theme.shades(1).contains(shades.get(14)), "another series has another colour");
  }

  private static Shading shading(Picture picture, PlotStyle style) {
    return Shading.of(picture.series().get(0).density(), picture, style);
  }

  /** CIE L*, from 0 for black to 100 for white. */
  private static double lightness(Color color) {
    float[] xyz =
        color.getColorComponents(
            java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_CIEXYZ), null);
    return 116 * Math.cbrt(xyz[1]) - 16;
  }

  /** The least red of the blue pixels just above a value, on the axis from 1 to 8. */
  private static int darkest(BufferedImage image, double value) {
    int y = (int) Math.round(493 - (value - 1) / 7 * 432) - 2;
    int least = 255;
    for (int x = 400; x < 700; x++) {
      int red = red(image.getRGB(x, y));
      least = (image.getRGB(x, y) & 0xFF) > red + 20 ? Math.min(least, red) : least;
    }
    return least;
  }

  private static int blue(BufferedImage image, int top, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = 80; x < 980; x++) {
        count += (image.getRGB(x, y) & 0xFF) > red(image.getRGB(x, y)) + 60 ? 1 : 0;
      }
    }
    return count;
  }

  private static int red(int rgb) {
    return (rgb >> 16) & 0xFF;
  }
}
