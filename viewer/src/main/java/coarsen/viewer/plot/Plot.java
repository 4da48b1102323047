package coarsen.viewer.plot;

import coarsen.viewer.model.Density;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.SeriesPicture;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

/**
 * Draws a picture: readings as a solid blue line, or shaded where they are dense, means as a dashed
 * red line with a dot at each window's end, hollow while the window is open. Needs no display. Not
 * thread-safe, as XChart is not; a window uses it on Swing's thread.
 */
public final class Plot {
  /** The default width, in pixels. */
  public static final int WIDTH = 1000;

  /** The default height, in pixels. */
  public static final int HEIGHT = 600;

  private static final String TITLE = "Readings and their window means";

  // Room for the titles, labels and legend; only the number of ticks depends on it.
  private static final int BESIDE_PLOT = 100;
  private static final int ABOVE_AND_BELOW_PLOT = 150;
  private static final int MIN_TICK_SPACING = 20;

  private final PlotStyle style;
  private final XYChart chart = new XYChart(WIDTH, HEIGHT);
  private final Map<String, SeriesLayers> layers = new HashMap<>();
  private final Legend legend;
  private TimeAxis times;
  private ValueAxis values = ValueAxis.of(0, 1);
  private @Nullable Picture shown;
  private boolean empty = true;

  /** An empty plot. */
  public Plot(PlotStyle style) {
    this.style = style;
    this.legend = new Legend(chart, style.theme());
    this.times = TimeAxis.of(0, 0, style.zone());
    Styling.apply(style.theme(), chart.getStyler());
    chart.getStyler().setXAxisTickLabelsFormattingFunction(position -> times.label(position));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(position -> values.label(position));
    chart.setXAxisTitle("Time (" + style.zone().getId() + ")");
    chart.setYAxisTitle("Value");
    chart.setTitle(TITLE);
    layers("", 0);
  }

  /** Sets what {@link #paint} draws. */
  public void show(Picture picture) {
    show(picture, Set.of(), limits -> limits);
  }

  /**
   * Sets what {@link #paint} draws.
   *
   * @param hidden the legend's labels of lines that are not drawn
   * @param easing turns the limits of the values into those of the axis
   */
  public void show(Picture picture, Set<String> hidden, UnaryOperator<Limits> easing) {
    Picture visible =
        picture.only(
            name -> !hidden.contains(Legend.originals(name)),
            name -> !hidden.contains(Legend.means(name)));
    shown = visible;
    empty = picture.isEmpty();
    Limits limits = Limits.EMPTY;
    if (!empty) {
      Range range = picture.range();
      times = TimeAxis.of(range.from(), range.to(), style.zone());
      limits = easing.apply(Limits.of(visible, style.band())).locked(style);
      values = ValueAxis.of(limits.low(), limits.high());
    }
    var curves = new SeriesCurves(times, values);
    for (int i = 0; i < visible.series().size(); i++) {
      SeriesPicture series = visible.series().get(i);
      Density density = series.density();
      Shading shading = density.isEmpty() ? null : Shading.of(density, limits);
      layers(series.name(), i).show(series, curves, style.band(), shading);
    }
    legend.show(hidden);
    chart.setTitle(empty ? TITLE : TITLE + ", " + times.day(picture.range().to()));
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(times.start()).setXAxisMax(times.end());
    styler.setYAxisMin(0.0).setYAxisMax((double) values.steps());
  }

  /** Draws the picture. */
  public void paint(Graphics2D graphics, int width, int height) {
    // These spacings make XChart put its ticks at whole steps at any size.
    double timeSteps = times.end() - times.start();
    XYStyler styler = chart.getStyler();
    double pixelsX = (width - BESIDE_PLOT) * Styling.CONTENT / timeSteps;
    double pixelsY = (height - ABOVE_AND_BELOW_PLOT) * Styling.CONTENT / values.steps();
    styler.setXAxisTickMarkSpacingHint((int) Math.max(MIN_TICK_SPACING, pixelsX));
    styler.setYAxisTickMarkSpacingHint((int) Math.max(MIN_TICK_SPACING, pixelsY));
    double margin = timeSteps * (1 / Styling.CONTENT - 1) / 2;
    var viewport =
        new Dashes.Viewport(
            times.start() - margin, times.end() + margin, values.steps(), pixelsX, pixelsY);
    layers.values().forEach(each -> each.cut(viewport));
    chart.paint(graphics, width, height);
    if (empty) {
      note(graphics, width, height);
    }
  }

  private void note(Graphics2D graphics, int width, int height) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(style.theme().ink());
    graphics.setFont(Styling.font(Font.ITALIC, 18));
    String note = "waiting for readings";
    int noteWidth = graphics.getFontMetrics().stringWidth(note);
    graphics.drawString(note, (width - noteWidth) / 2, height / 2);
  }

  /** The legend's label painted at a place; null if there is none. */
  public @Nullable String legendAt(int x, int y) {
    return legend.at(x, y);
  }

  /** The event time at a horizontal place, in microseconds since 1970. */
  public long microsAt(int x) {
    return times.micros(chart.getChartXFromCoordinate(x));
  }

  /** The points that are drawn near a place, at most two of each series. */
  public List<HoveredPoint> near(int x, int y) {
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

  /**
   * The picture that is drawn, without hidden lines.
   *
   * @throws IllegalStateException before {@link #show}
   */
  public Picture shown() {
    if (shown == null) {
      throw new IllegalStateException("no picture was shown");
    }
    return shown;
  }

  private SeriesLayers layers(String name, int index) {
    return layers.computeIfAbsent(
        name, unused -> new SeriesLayers(chart, legend, style.theme(), name, index));
  }
}
