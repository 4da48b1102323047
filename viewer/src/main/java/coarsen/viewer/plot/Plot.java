package coarsen.viewer.plot;

import coarsen.viewer.model.Density;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesPicture;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

/**
 * Draws a picture on one pair of axes: readings as a solid line, or shaded where they are dense,
 * means as a dashed line with a dot at each window's end, hollow while the window is open. All
 * readings are blue and their means red; each of several series has one colour for both. Needs no
 * display. Not thread-safe, as XChart is not; a window uses it on Swing's thread.
 */
final class Plot {
  static final String TITLE = "Readings and their window means";

  // Room for the titles, labels and legend; only the number of ticks depends on it.
  private static final int BESIDE_PLOT = 100;
  private static final int ABOVE_AND_BELOW_PLOT = 150;
  private static final int BESIDE_SMALL = 60;
  private static final int ABOVE_AND_BELOW_SMALL = 60;
  private static final int MIN_TICK_SPACING = 20;

  private final PlotStyle style;
  private final boolean isSmall;
  private final XYChart chart = new XYChart(Plots.WIDTH, Plots.HEIGHT);
  private final Legend legend;
  private final SeriesLegend seriesLegend;
  private final Layers layers;
  private TimeAxis times;
  private ValueAxis values = ValueAxis.of(0, 1);
  private @Nullable Picture shown;
  private List<SeriesPicture> listed = List.of();
  private Set<String> hidden = Set.of();
  private String note = "waiting for readings";

  /**
   * An empty plot.
   *
   * @param isSmall whether it is one of several beside each other, each with one series
   */
  Plot(PlotStyle style, boolean isSmall) {
    this.style = style;
    this.isSmall = isSmall;
    this.legend = new Legend(chart, style.theme());
    this.seriesLegend = new SeriesLegend(style.theme());
    this.layers = new Layers(chart, style.theme(), legend);
    this.times = TimeAxis.of(0, 0, style.zone());
    Styling.apply(style.theme(), chart.getStyler());
    chart.getStyler().setXAxisTickLabelsFormattingFunction(position -> times.label(position));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(position -> values.label(position));
    chart.setXAxisTitle("Time (" + style.zone().getId() + ")");
    chart.setYAxisTitle("Value");
    chart.setTitle(TITLE);
    if (isSmall) {
      Styling.applySmall(chart.getStyler());
    }
  }

  /**
   * Sets what {@link #paint} draws.
   *
   * @param hiddenLabels the legend's labels of lines that are not drawn
   * @param easing turns the limits of the values into those of the axis
   */
  void show(Picture picture, Set<String> hiddenLabels, UnaryOperator<Limits> easing) {
    Picture visible = Legend.visible(picture, hiddenLabels).onOnePlot();
    shown = visible;
    hidden = Set.copyOf(hiddenLabels);
    note = note(picture);
    Limits limits = Limits.EMPTY;
    if (note.isEmpty()) {
      Range range = picture.range();
      times = TimeAxis.of(range.from(), range.to(), style.zone());
      limits = easing.apply(Limits.of(visible, style.band())).locked(style);
      values = ValueAxis.of(limits.low(), limits.high());
    }
    layers.use(picture.series());
    var curves = new SeriesCurves(times, values);
    for (SeriesPicture series : visible.series()) {
      Density density = series.density();
      Shading shading = density.isEmpty() ? null : Shading.of(density, limits);
      layers.of(series).show(series, curves, style.band(), shading);
    }
    legend.show(hidden);
    title(picture);
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(times.start()).setXAxisMax(times.end());
    styler.setYAxisMin(0.0).setYAxisMax((double) values.steps());
  }

  private static String note(Picture picture) {
    if (!picture.isEmpty()) {
      return "";
    }
    return picture.choice().hasSeries() ? "no series is shown" : "waiting for readings";
  }

  private void title(Picture picture) {
    boolean hasSeries = picture.series().stream().anyMatch(series -> !isAlone(series));
    chart.getStyler().setLegendVisible(!isSmall && !hasSeries);
    listed = hasSeries && !isSmall ? picture.series() : List.of();
    if (isSmall) {
      chart.setTitle(SeriesLegend.text(picture.series().get(0)));
    } else {
      chart.setTitle(note.isEmpty() ? title(picture, style.zone()) : TITLE);
    }
  }

  private static boolean isAlone(SeriesPicture series) {
    return series.colour() == SeriesChoice.ALONE;
  }

  /** What a picture shows, and the day. */
  static String title(Picture picture, ZoneId zone) {
    return TITLE + ", " + TimeAxis.day(picture.range().to(), zone);
  }

  /** Draws the picture. */
  void paint(Graphics2D graphics, int width, int height) {
    SeriesLegend.Layout entries = SeriesLegend.layout(listed, width, graphics);
    int chartHeight = Math.max(1, height - entries.height());
    // These spacings make XChart put its ticks at whole steps at any size.
    double timeSteps = times.end() - times.start();
    XYStyler styler = chart.getStyler();
    int beside = isSmall ? BESIDE_SMALL : BESIDE_PLOT;
    int aboveAndBelow = isSmall ? ABOVE_AND_BELOW_SMALL : ABOVE_AND_BELOW_PLOT;
    double pixelsX = (width - beside) * Styling.CONTENT / timeSteps;
    double pixelsY = (chartHeight - aboveAndBelow) * Styling.CONTENT / values.steps();
    styler.setXAxisTickMarkSpacingHint((int) Math.max(MIN_TICK_SPACING, pixelsX));
    styler.setYAxisTickMarkSpacingHint((int) Math.max(MIN_TICK_SPACING, pixelsY));
    double margin = timeSteps * (1 / Styling.CONTENT - 1) / 2;
    var viewport =
        new Dashes.Viewport(
            times.start() - margin, times.end() + margin, values.steps(), pixelsX, pixelsY);
    layers.forEach(each -> each.cut(viewport));
    graphics.setColor(style.theme().background());
    graphics.fillRect(0, 0, width, height);
    chart.paint(graphics, width, chartHeight);
    seriesLegend.paint(graphics, width, chartHeight, entries, hidden);
    if (!note.isEmpty()) {
      note(graphics, width, height);
    }
  }

  private void note(Graphics2D graphics, int width, int height) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(style.theme().ink());
    graphics.setFont(Styling.font(Font.ITALIC, 18));
    int noteWidth = graphics.getFontMetrics().stringWidth(note);
    graphics.drawString(note, (width - noteWidth) / 2, height / 2);
  }

  /** The legend's label painted at a place; null if there is none. */
  @Nullable String legendAt(int x, int y) {
    return listed.isEmpty() ? legend.at(x, y) : seriesLegend.at(x, y);
  }

  /** The event time at a horizontal place, in microseconds since 1970. */
  long microsAt(int x) {
    return times.micros(chart.getChartXFromCoordinate(x));
  }

  /** The points that are drawn near a place, at most two of each series. */
  List<HoveredPoint> near(int x, int y) {
    List<HoveredPoint> points = new ArrayList<>();
    for (SeriesPicture series : shown == null ? List.<SeriesPicture>of() : shown.series()) {
      HoveredPoint.nearest(series, this, x, y).forEach(points::add);
    }
    return points;
  }

  /** The distance of a point from a place, in pixels; infinite if the point is not visible. */
  double distance(long micros, double value, int x, int y) {
    double atX = chart.getScreenXFromChart(times.position(micros));
    double atY = chart.getScreenYFromChart(values.position(value));
    boolean visible =
        times.position(micros) >= times.start() && times.position(micros) <= times.end();
    return visible ? Math.hypot(atX - x, atY - y) : Double.POSITIVE_INFINITY;
  }

  HoveredPoint hovered(long micros, double value, String text) {
    return new HoveredPoint(
        (int) Math.round(chart.getScreenXFromChart(times.position(micros))),
        (int) Math.round(chart.getScreenYFromChart(values.position(value))),
        text);
  }

  /** A time of day, to the microsecond if need be. */
  String time(long micros) {
    return times.exactly(micros);
  }
}
