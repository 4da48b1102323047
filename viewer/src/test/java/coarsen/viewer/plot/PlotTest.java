package coarsen.viewer.plot;

import static coarsen.viewer.Rows.picture;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import coarsen.viewer.model.Picture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at pixels. The time limit is there because XChart can loop for ever. */
@Timeout(20)
class PlotTest {
  /** The legend below has both colours, too. */
  private static final int PLOT_BOTTOM = 540;

  @Test
  void originalsAreBlueAndReducedRowsRedAtTheirValues() {
    // Readings of 0 for 20 seconds, and means of 100 at second 10, 15 and 20.
    BufferedImage image =
        drawn(
            picture(
                IntStream.rangeClosed(0, 20).mapToObj(i -> reading(i, 0)).toList(),
                List.of(window(10, 100), window(15, 100), window(20, 100))));
    Pixels blue = pixels(image, PlotTest::isBlue);
    Pixels red = pixels(image, PlotTest::isRed);
    assertEquals(blue.bottom(), blue.top(), 3, "a level line");
    assertTrue(red.bottom() < 150 && blue.top() > 350, red + " above " + blue);
    assertEquals(blue.right(), red.right(), 6, "both end at the same time");
    assertEquals((blue.left() + blue.right()) / 2.0, red.left(), 6.0, "red begins halfway");
  }

  @Test
  void originalsAreSolidAndReducedRowsAreDashed() {
    BufferedImage image =
        drawn(
            picture(
                List.of(reading(0, 0), reading(20, 0)),
                List.of(window(5, 100), window(10, 100), window(15, 100), window(20, 100))));
    assertEquals(0, gaps(image, pixels(image, PlotTest::isBlue), PlotTest::isBlue));
    int gaps = gaps(image, pixels(image, PlotTest::isRed), PlotTest::isRed);
    assertTrue(gaps > 20, "gaps: " + gaps);
  }

  @Test
  void anEmptyPictureHasAxesALegendAndANote() {
    BufferedImage image = drawn(picture(List.of(), List.of()));
    assertTrue(pixels(image, PlotTest::isBlue).isEmpty());
    assertTrue(pixels(image, PlotTest::isRed).isEmpty());
    assertTrue(dark(image, 400, 600, 280, 310) > 50, "the note in the middle");
    assertTrue(dark(image, 0, 60, 0, 560) > 50, "values beside the axis");
    assertTrue(count(image, PlotTest::isBlue) > 20, "blue in the legend");
    assertTrue(count(image, PlotTest::isRed) > 20, "red in the legend");
  }

  @Test
  void aSingleReadingAndASingleWindowAreDots() {
    BufferedImage image = drawn(picture(List.of(reading(1, 5)), List.of(window(5, 6))));
    assertTrue(pixels(image, PlotTest::isBlue).count() > 10);
    assertTrue(pixels(image, PlotTest::isRed).count() > 10);
  }

  @Test
  void reducedRowsAreDrawnWithoutOriginals() {
    BufferedImage image = drawn(picture(List.of(), List.of(window(5, 1), window(10, 2))));
    assertTrue(pixels(image, PlotTest::isBlue).isEmpty());
    assertTrue(pixels(image, PlotTest::isRed).count() > 100);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1,
        -57.25,
        1e300,
        -1e300,
        1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        123456789.12345679,
        0.1 + 0.2,
        9007199254740992.0
      })
  void everyValueCanBeDrawnAloneRepeatedAndBesideOthers(double value) {
    double[][] series = {
      {value},
      {value, value, value},
      {value, Math.nextUp(value), Math.nextDown(value)},
      {value, 0},
      {value, -value},
      {value, value * (1 + 1e-9), value / 3}
    };
    for (double[] values : series) {
      var readings = new ArrayList<Reading>();
      for (int i = 0; i < values.length; i++) {
        readings.add(reading(i, Double.isFinite(values[i]) ? values[i] : 1));
      }
      BufferedImage image = drawn(picture(readings, List.of(window(5, readings.get(0).value()))));
      assertTrue(pixels(image, PlotTest::isBlue).count() > 5, readings.toString());
      assertTrue(pixels(image, PlotTest::isRed).count() > 5, readings.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 3, 999, 1_000_000, 59_000_001, 86_400_000_000L, 31_536_000_000_000L, 1L << 57})
  void everySpanOfTimeCanBeDrawn(long micros) {
    List<Reading> readings =
        List.of(
            new Reading(EventTime.MIN_MICROS, 1, 0, 0, 0, false),
            new Reading(EventTime.MIN_MICROS + micros, 2, 0, 1, 0, false));
    BufferedImage image = drawn(picture(readings, List.of()));
    assertTrue(pixels(image, PlotTest::isBlue).count() > 5);
  }

  @Test
  void theTimesOfRegularReadingsAreLabelledAtRoundSeconds() {
    // XChart itself would put its ticks at the readings, a third of a second late.
    List<Reading> readings =
        IntStream.range(0, 90).mapToObj(i -> reading(i + 0.3, i % 10)).toList();
    BufferedImage image = drawn(picture(readings, List.of()));
    assertTrue(dark(image, 80, 990, 520, 536) > 300, "times below the axis");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 200, 3_000})
  void everySizeOfWindowCanBeDrawn(int size) {
    var plot = new Plots(PlotStyle.DEFAULT);
    plot.show(picture(List.of(reading(0, 1), reading(60, 2)), List.<WindowSummary>of()));
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    plot.paint(image.createGraphics(), size, size);
  }

  private static BufferedImage drawn(Picture picture) {
    return PictureFile.image(picture, PlotStyle.DEFAULT);
  }

  private static Pixels pixels(BufferedImage image, Colour colour) {
    var xs = new TreeSet<Integer>();
    var ys = new TreeSet<Integer>();
    int count = 0;
    for (int y = 0; y < PLOT_BOTTOM; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (colour.is(image.getRGB(x, y))) {
          xs.add(x);
          ys.add(y);
          count++;
        }
      }
    }
    return count == 0
        ? new Pixels(0, 0, 0, 0, 0)
        : new Pixels(xs.first(), xs.last(), ys.first(), ys.last(), count);
  }

  /** How often the colour stops and starts again along the middle of a level line. */
  private static int gaps(BufferedImage image, Pixels line, Colour colour) {
    int y = (line.top() + line.bottom()) / 2;
    int gaps = 0;
    for (int x = line.left() + 1; x <= line.right(); x++) {
      if (colour.is(image.getRGB(x, y)) && !colour.is(image.getRGB(x - 1, y))) {
        gaps++;
      }
    }
    return gaps;
  }

  private static int count(BufferedImage image, Colour colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += colour.is(image.getRGB(x, y)) ? 1 : 0;
      }
    }
    return count;
  }

  private static int dark(BufferedImage image, int left, int right, int top, int bottom) {
    return count(image.getSubimage(left, top, right - left, bottom - top), PlotTest::isDark);
  }

  private interface Colour {
    boolean is(int rgb);
  }

  private record Pixels(int left, int right, int top, int bottom, int count) {
    boolean isEmpty() {
      return count == 0;
    }
  }

  private static boolean isBlue(int rgb) {
    return blue(rgb) > red(rgb) + 100;
  }

  private static boolean isRed(int rgb) {
    return red(rgb) > blue(rgb) + 100;
  }

  private static boolean isDark(int rgb) {
    return red(rgb) < 110 && blue(rgb) < 110;
  }

  private static int red(int rgb) {
    return (rgb >> 16) & 0xFF;
  }

  private static int blue(int rgb) {
    return rgb & 0xFF;
  }
}
