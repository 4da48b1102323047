package coarsen.viewer.plot;

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
 * Draws a picture: originals as a solid blue line, means as a dashed red one with a dot at each
 * window's end, hollow while the window is open. Needs no display. For one thread, as XChart's
 * charts are; in a window that is Swing's.
 */
public final class Plot {
  /** The usual width, in pixels. */
  public static final int WIDTH = 1000;

  /** The usual height, in pixels. */
  public static final int HEIGHT = 600;

  private static final String TITLE = "Readings and their window means";

  // What is not plot: title, axis titles, labels, legend. Only the number of ticks hangs on it.
  private static final int BESIDE_PLOT = 100;
  private static final int ABOVE_AND_BELOW_PLOT = 150;
  private static final int LEAST_TICK_SPACING = 20;

  private final PlotStyle look;
  private final XYChart chart = new XYChart(WIDTH, HEIGHT);
  private final Map<String, SeriesLayers> layers = new HashMap<>();
  private final Legend legend;
  private TimeAxis times;
  private ValueAxis values = ValueAxis.of(0, 1);
  private @Nullable Picture shown;
  private boolean empty = true;

  /** An empty plot. */
  public Plot(PlotStyle look) {
    this.look = look;
    this.legend = new Legend(chart, look.theme());
    this.times = TimeAxis.of(0, 0, look.zone());
    Styling.apply(look.theme(), chart.getStyler());
    chart.getStyler().setXAxisTickLabelsFormattingFunction(position -> times.label(position));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(position -> values.label(position));
    chart.setXAxisTitle("Time (" + look.zone().getId() + ")");
    chart.setYAxisTitle("Value");
    chart.setTitle(TITLE);
    layers("", 0);
  }

  /** Takes what {@link #paint} is to draw. */
  public void show(Picture picture) {
    show(picture, Set.of(), limits -> limits);
  }

  /**
   * Takes what {@link #paint} is to draw.
   *
   * @param hidden what the legend says of lines that are not to be drawn
   * @param easing makes of the limits of the values those of the axis
   */
  public void show(Picture picture, Set<String> hidden, UnaryOperator<Limits> easing) {
    Picture seen =
        picture.only(
            name -> !hidden.contains(Legend.originals(name)),
            name -> !hidden.contains(Legend.means(name)));
    shown = seen;
    empty = picture.isEmpty();
    if (!empty) {
      Range range = picture.range();
      times = TimeAxis.of(range.from(), range.to(), look.zone());
      Limits limits = easing.apply(Limits.of(seen, look.band())).locked(look);
      values = ValueAxis.of(limits.low(), limits.high());
    }
    var curves = new Layers(times, values);
    for (int i = 0; i < seen.series().size(); i++) {
      SeriesPicture series = seen.series().get(i);
      layers(series.name(), i).show(series, curves, look.band());
    }
    legend.show(hidden);
    chart.setTitle(empty ? TITLE : TITLE + ", " + times.day(picture.range().to()));
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(times.start()).setXAxisMax(times.end());
    styler.setYAxisMin(0.0).setYAxisMax((double) values.steps());
  }

  /** Draws. */
  public void paint(Graphics2D graphics, int width, int height) {
    // Spacings that make XChart put its ticks at whole steps, whatever the size.
    double timeSteps = times.end() - times.start();
    XYStyler styler = chart.getStyler();
    double pixelsX = (width - BESIDE_PLOT) * Styling.CONTENT / timeSteps;
    double pixelsY = (height - ABOVE_AND_BELOW_PLOT) * Styling.CONTENT / values.steps();
    styler.setXAxisTickMarkSpacingHint((int) Math.max(LEAST_TICK_SPACING, pixelsX));
    styler.setYAxisTickMarkSpacingHint((int) Math.max(LEAST_TICK_SPACING, pixelsY));
    double margin = timeSteps * (1 / Styling.CONTENT - 1) / 2;
    var frame =
        new Dashes.Frame(
            times.start() - margin, times.end() + margin, values.steps(), pixelsX, pixelsY);
    layers.values().forEach(each -> each.cut(frame));
    chart.paint(graphics, width, height);
    if (empty) {
      note(graphics, width, height);
    }
  }

  private void note(Graphics2D graphics, int width, int height) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(look.theme().ink());
    graphics.setFont(Styling.font(Font.ITALIC, 18));
    String note = "waiting for readings";
    int noteWidth = graphics.getFontMetrics().stringWidth(note);
    graphics.drawString(note, (width - noteWidth) / 2, height / 2);
  }

  /** What the legend says at a place where something was painted; null if it is not there. */
  public @Nullable String legendAt(int x, int y) {
    return legend.at(x, y);
  }

  /** The event time at a place that was painted, in microseconds since 1970. */
  public long microsAt(int x) {
    return times.micros(chart.getChartXFromCoordinate(x));
  }

  /** What is drawn next to a place, in the order of time; empty if nothing is. */
  public List<Hit> near(int x, int y) {
    List<Hit> hits = new ArrayList<>();
    for (SeriesPicture series : shown == null ? List.<SeriesPicture>of() : shown.series()) {
      Hit.nearest(series, this, x, y).forEach(hits::add);
    }
    return hits;
  }

  /** How far something is from a place, in pixels; infinite if it is not in the picture. */
  double distance(long micros, double value, int x, int y) {
    double atX = chart.getScreenXFromChart(times.position(micros));
    double atY = chart.getScreenYFromChart(values.position(value));
    boolean seen = times.position(micros) >= times.start() && times.position(micros) <= times.end();
    return seen ? Math.hypot(atX - x, atY - y) : Double.POSITIVE_INFINITY;
  }

  Hit hit(long micros, double value, String text) {
    return new Hit(
        (int) Math.round(chart.getScreenXFromChart(times.position(micros))),
        (int) Math.round(chart.getScreenYFromChart(values.position(value))),
        text);
  }

  /** A time of day, with all that is known of it. */
  String time(long micros) {
    return times.exactly(micros);
  }

  /**
   * The picture without what is hidden.
   *
   * @throws IllegalStateException if none was shown yet
   */
  public Picture shown() {
    if (shown == null) {
      throw new IllegalStateException("no picture was shown");
    }
    return shown;
  }

  private SeriesLayers layers(String name, int place) {
    return layers.computeIfAbsent(
        name, unused -> new SeriesLayers(chart, legend, look.theme(), name, place));
  }
}
