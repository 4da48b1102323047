package coarsen.viewer;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws a picture: originals as a solid blue line, reduced rows as a dashed red one with a dot at
 * each window's end. Needs no display. For one thread, as XChart's charts are; in a window that is
 * Swing's.
 */
final class Plot {
  static final int WIDTH = 1000;
  static final int HEIGHT = 600;

  private static final String ORIGINAL = "Original";
  private static final String REDUCED = "Reduced";
  private static final String TITLE = "Readings and their window means";
  private static final Color BLUE = new Color(0x1F, 0x5F, 0xBF);
  private static final Color RED = new Color(0xD6, 0x20, 0x20);
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final Color GRID = new Color(0xE4, 0xE4, 0xE4);
  private static final BasicStroke SOLID =
      new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke DASHED =
      new BasicStroke(
          2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 5f}, 0f);

  /** A share of the plot's area in each direction; the rest is a margin. */
  private static final double CONTENT = 0.96;

  // What is not plot: title, axis titles, labels, legend. Only the number of ticks hangs on it.
  private static final int BESIDE_PLOT = 100;
  private static final int ABOVE_AND_BELOW_PLOT = 150;
  private static final int LEAST_TICK_SPACING = 20;

  private final XYChart chart = new XYChart(WIDTH, HEIGHT);
  private final XYSeries originals;
  private final XYSeries reduced;
  private TimeAxis times = TimeAxis.of(0, 0);
  private ValueAxis values = ValueAxis.of(0, 1);
  private boolean empty = true;

  Plot() {
    style(chart.getStyler());
    chart.setTitle(TITLE);
    chart.setXAxisTitle("Time");
    chart.setYAxisTitle("Value");
    double[] nothing = {Double.NaN};
    originals = chart.addSeries(ORIGINAL, nothing, nothing);
    originals.setLineStyle(SOLID).setLineColor(BLUE);
    originals.setMarker(SeriesMarkers.NONE).setMarkerColor(BLUE);
    reduced = chart.addSeries(REDUCED, nothing, nothing);
    reduced.setLineStyle(DASHED).setLineColor(RED);
    reduced.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(RED);
    show(new Picture(List.of(), List.of(), 0, 0));
  }

  /** A picture of the usual size. */
  static BufferedImage image(Picture picture) {
    var plot = new Plot();
    plot.show(picture);
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    plot.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    return image;
  }

  /** Takes what {@link #paint} is to draw. */
  void show(Picture picture) {
    List<Reading> readings = picture.originals();
    List<WindowSummary> windows = picture.reduced();
    empty = readings.isEmpty() && windows.isEmpty();
    long[] micros = micros(readings, windows);
    double[] shown = values(readings, windows);
    if (!empty) {
      times = TimeAxis.of(Arrays.stream(micros).min().orElse(0), max(micros));
      values =
          ValueAxis.of(
              DoubleStream.of(shown).min().orElse(0), DoubleStream.of(shown).max().orElse(0));
    }
    int split = readings.size();
    update(ORIGINAL, micros, shown, 0, split);
    update(REDUCED, micros, shown, split, shown.length);
    // A line needs two ends; a single reading is a dot.
    originals.setMarker(split == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    chart.setTitle(empty ? TITLE : TITLE + ", " + day(micros) + " UTC");
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(times.start()).setXAxisMax(times.end());
    styler.setYAxisMin(0.0).setYAxisMax((double) values.steps());
  }

  /** Draws. */
  void paint(Graphics2D graphics, int width, int height) {
    // Spacings that make XChart put its ticks at whole steps, whatever the size.
    double timeSteps = times.end() - times.start();
    XYStyler styler = chart.getStyler();
    styler.setXAxisTickMarkSpacingHint(spacing(width - BESIDE_PLOT, timeSteps));
    styler.setYAxisTickMarkSpacingHint(spacing(height - ABOVE_AND_BELOW_PLOT, values.steps()));
    chart.paint(graphics, width, height);
    if (empty) {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(INK);
      graphics.setFont(font(Font.ITALIC, 18));
      String note = "waiting for readings";
      int noteWidth = graphics.getFontMetrics().stringWidth(note);
      graphics.drawString(note, (width - noteWidth) / 2, height / 2);
    }
  }

  private static int spacing(double pixels, double steps) {
    return (int) Math.max(LEAST_TICK_SPACING, pixels * CONTENT / steps);
  }

  /** XChart keeps the arrays that it is given. */
  private void update(String series, long[] micros, double[] shown, int from, int to) {
    // Every series ends with a point that is not drawn: XChart refuses empty ones, and where all
    // points are equally far apart it puts ticks at points in place of round numbers.
    double[] x = new double[to - from + 1];
    double[] y = new double[to - from + 1];
    for (int i = from; i < to; i++) {
      x[i - from] = times.position(micros[i]);
      y[i - from] = values.position(shown[i]);
    }
    x[to - from] = Double.NaN;
    y[to - from] = Double.NaN;
    chart.updateXYSeries(series, x, y, null);
  }

  private static long[] micros(List<Reading> readings, List<WindowSummary> windows) {
    return LongStream.concat(
            readings.stream().mapToLong(Reading::tsMicros),
            windows.stream().mapToLong(WindowSummary::endMicros))
        .toArray();
  }

  private static double[] values(List<Reading> readings, List<WindowSummary> windows) {
    return DoubleStream.concat(
            readings.stream().mapToDouble(Reading::value),
            windows.stream().mapToDouble(WindowSummary::avgValue))
        .toArray();
  }

  private static long max(long[] micros) {
    return Arrays.stream(micros).max().orElse(0);
  }

  private static String day(long[] micros) {
    return EventTime.toInstant(max(micros)).toString().substring(0, 10);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private void style(XYStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK).setChartPadding(14);
    styler.setChartTitleFont(font(Font.BOLD, 18)).setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(10);
    styler.setAxisTitleFont(font(Font.BOLD, 14)).setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setAxisTickLabelsColor(INK).setAxisTickMarksColor(INK).setAxisTickPadding(8);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setPlotBackgroundColor(Color.WHITE).setPlotBorderColor(GRID);
    styler.setPlotContentSize(CONTENT);
    styler.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendFont(font(Font.PLAIN, 14)).setLegendBorderColor(Color.WHITE);
    styler.setLegendSeriesLineLength(44).setLegendPadding(12).setMarkerSize(7);
    styler.setXAxisTickLabelsFormattingFunction(position -> times.label(position));
    styler.setYAxisTickLabelsFormattingFunction(position -> values.label(position));
  }
}
