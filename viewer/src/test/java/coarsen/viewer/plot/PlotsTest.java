package coarsen.viewer.plot;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.model;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.VisibleSpan;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at pixels of several series. */
@Timeout(20)
class PlotsTest {
  private static final VisibleSpan MINUTE = new VisibleSpan.LastTime(Duration.ofMinutes(1));
  private static final int AXES = 520; // All of them are above.
  private static final int LEGEND = 530;

  @Test
  void eachSeriesHasItsColourAtItsValues() {
    BufferedImage image = drawn(new Plots(PlotStyle.DEFAULT), levels(4));
    for (int i = 1; i <= 4; i++) {
      Box box = box(image, i, AXES);
      assertTrue(box.width() > 800, i + ": " + box);
      assertTrue(box.height() < 12, "a level line, " + i + ": " + box);
      if (i > 1) {
        assertTrue(box.bottom < box(image, i - 1, AXES).top, "by their values");
      }
    }
  }

  @Test
  void theMeansOfOneSeriesAreInFrontOfTheReadingsOfAnother() {
    List<Reading> readings = new ArrayList<>();
    List<WindowSummary> windows = new ArrayList<>();
    for (int i = 0; i <= 600; i++) { // A wall from 0 to 10.
      readings.add(reading(device("b"), i / 10.0, i % 2 * 10));
    }
    for (int end = 5; end <= 60; end += 5) {
      windows.add(window(device("a"), end, 5));
    }
    readings.add(reading(device("a"), 0, 5));
    BufferedImage image =
        drawn(new Plots(PlotStyle.DEFAULT), model(readings, windows).picture(MINUTE));
    int a = Theme.LIGHT.mean(1).getRGB();
    int middle = 0;
    for (int x = 100; x < 980; x++) {
      for (int y = 200; y < 350; y++) {
        middle += image.getRGB(x, y) == a ? 1 : 0;
      }
    }
    assertTrue(middle > 400, "pixels: " + middle);
  }

  @Test
  void theLegendNamesEachSeriesWithItsNewestMeanAndHidesItsLines() {
    Picture picture = levels(8);
    var plots = new Plots(PlotStyle.DEFAULT);
    BufferedImage image = drawn(plots, picture);
    Box fifth = box(image.getSubimage(0, LEGEND, 1000, 70), 5, 70);
    String label = plots.legendAt(fifth.left + 5, LEGEND + fifth.top + 1);
    assertEquals("device=s5", label);
    assertEquals("device=s5  50", SeriesLegend.text(picture.series().get(4)));
    assertNull(plots.legendAt(500, 200));
    plots.show(picture, Set.of("device=s5"));
    BufferedImage without = painted(plots, 1000, 600);
    assertTrue(box(without, 5, 600).isEmpty(), "neither lines nor legend");
    assertFalse(box(without, 4, LEGEND).isEmpty());
    assertEquals(7, plots.shown().series().stream().filter(s -> s.originals().size() > 0).count());
  }

  @Test
  void aGridHasAPlotForEachSeriesWithTheSameTimeAndItsOwnValues() {
    var plots = new Plots(PlotStyle.DEFAULT.withGrid(true));
    BufferedImage image = drawn(plots, levels(4));
    Box first = box(image, 1, 600);
    Box second = box(image, 2, 600);
    Box third = box(image, 3, 600);
    assertTrue(first.right < 500 && second.right < 500 && third.left > 500, first + ", " + third);
    assertTrue(first.bottom < second.top, first + " above " + second);
    assertEquals(first.top, third.top, 2, "in the middle of an axis of their own");
    long apart = plots.microsAt(first.left, first.top) - plots.microsAt(third.left, third.top);
    assertTrue(Math.abs(apart) < 1_500_000, "microseconds: " + apart);
    var near = plots.near(third.right, third.top + 2);
    assertTrue(near.get(0).text().startsWith("device=s3"), near.toString());
    assertTrue(near.get(0).x() > 500, near.toString());
  }

  @Test
  void inAGridDenseReadingsAreShadedAndOnOnePlotTheyAreLines() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 15_000; i++) {
      readings.add(reading(device("a"), i / 250.0, i % 16 == 0 ? 9 : 1));
      readings.add(reading(device("b"), i / 250.0, i % 16 == 0 ? 9 : 1));
    }
    Picture picture = model(readings, List.of()).picture(MINUTE);
    int between = 0;
    int shaded = 0;
    BufferedImage one = drawn(new Plots(PlotStyle.DEFAULT), picture);
    BufferedImage grid = drawn(new Plots(PlotStyle.DEFAULT.withGrid(true)), picture);
    int colour = Theme.LIGHT.original(2).getRGB();
    for (int x = 200; x < 800; x++) {
      between += one.getRGB(x, 280) == colour ? 1 : 0;
      shaded += grid.getRGB(x, 460) == colour ? 1 : 0;
    }
    assertTrue(between > 300, "a wall: " + between);
    assertEquals(0, shaded, "nothing between 1 and 9");
  }

  @Test
  void coloursStayWhenOtherSeriesComeAndGo() {
    var plots = new Plots(PlotStyle.DEFAULT);
    var source = model(rows(4), List.of());
    var picked = new Selection.Picked(Map.of("device=s1", 3, "device=s2", 7));
    plots.show(source.picture(MINUTE, picked));
    plots.show(source.picture(MINUTE, picked.without("device=s1").with("device=s4")));
    BufferedImage image = painted(plots, 1000, 600);
    assertTrue(box(image, 3, 600).isEmpty());
    assertFalse(box(image, 7, LEGEND).isEmpty());
    assertFalse(box(image, 1, LEGEND).isEmpty());
    plots.show(source.picture(MINUTE, new Selection.Picked(Map.of())));
    assertTrue(box(painted(plots, 1000, 600), 7, 600).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 200, 3_000})
  void everySizeOfWindowCanBeDrawn(int size) {
    for (boolean grid : new boolean[] {false, true}) {
      var plots = new Plots(PlotStyle.DEFAULT.withGrid(grid));
      plots.show(levels(8));
      var unused = painted(plots, size, size);
    }
  }

  /** Level lines of so many series, at 10, 20 and so on. */
  private static Picture levels(int count) {
    List<WindowSummary> windows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      for (int end = 5; end <= 60; end += 5) {
        windows.add(window(device("s" + i), end, 10 * i));
      }
    }
    return model(rows(count), windows).picture(MINUTE);
  }

  private static List<Reading> rows(int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      for (int second = 0; second <= 60; second++) {
        readings.add(reading(device("s" + i), second, 10 * i));
      }
    }
    return readings;
  }

  private static BufferedImage drawn(Plots plots, Picture picture) {
    plots.show(picture);
    return painted(plots, 1000, 600);
  }

  private static BufferedImage painted(Plots plots, int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    plots.paint(image.createGraphics(), width, height);
    return image;
  }

  private record Box(int left, int right, int top, int bottom) {
    boolean isEmpty() {
      return left > right;
    }

    int width() {
      return right - left + 1;
    }

    int height() {
      return bottom - top + 1;
    }
  }

  /** Where a series' colour is, above a place. */
  private static Box box(BufferedImage image, int colour, int above) {
    int rgb = Theme.LIGHT.mean(colour).getRGB();
    int left = Integer.MAX_VALUE;
    int right = -1;
    int top = Integer.MAX_VALUE;
    int bottom = -1;
    for (int y = 0; y < above; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == rgb) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    return new Box(left, right, top, bottom);
  }
}
