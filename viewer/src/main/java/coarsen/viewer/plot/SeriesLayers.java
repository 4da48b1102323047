package coarsen.viewer.plot;

import coarsen.viewer.model.SeriesPicture;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What XChart draws for one series, from back to front: the band, the line of readings, lone
 * readings, the dashes of the means and what sets them off, and their dots.
 */
final class SeriesLayers {
  private static final int BAND_ALPHA = 46;
  private static final double[] NOTHING = {Double.NaN};

  private final XYChart chart;
  private final String band;
  private final String line;
  private final String lone;
  private final String halo;
  private final String dashes;
  private final String dots;
  private final String rings;
  private Curve means = new Curve();

  SeriesLayers(XYChart chart, Legend legend, Theme theme, String name, int place) {
    this.chart = chart;
    Color blue = theme.original(place);
    Color red = theme.mean(place);
    band = add("band " + name);
    XYSeries area = chart.getSeries(band);
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    area.setLineStyle(SeriesLines.NONE);
    area.setMarker(SeriesMarkers.NONE);
    area.setFillColor(new Color(red.getRed(), red.getGreen(), red.getBlue(), BAND_ALPHA));
    line = add("line " + name);
    chart.getSeries(line).setLineStyle(Styling.SOLID).setLineColor(blue);
    chart.getSeries(line).setMarker(SeriesMarkers.NONE);
    lone = add("lone " + name);
    dot(lone, DotMarker.full(), blue);
    halo = add("halo " + name);
    chart.getSeries(halo).setLineStyle(Styling.HALO).setLineColor(theme.background());
    chart.getSeries(halo).setMarker(SeriesMarkers.NONE);
    dashes = add("dashes " + name);
    chart.getSeries(dashes).setLineStyle(Styling.CUT).setLineColor(red);
    chart.getSeries(dashes).setMarker(SeriesMarkers.NONE);
    dots = add("dots " + name);
    dot(dots, DotMarker.full(), red);
    rings = add("rings " + name);
    dot(rings, DotMarker.hollow(theme.background()), red);
    legend.add(Legend.originals(name), Styling.SOLID, blue, DotMarker.none());
    legend.add(Legend.means(name), Styling.DASHED, red, DotMarker.full());
  }

  private String add(String name) {
    chart.addSeries(name, NOTHING, NOTHING).setShowInLegend(false);
    return name;
  }

  private void dot(String name, Marker marker, Color color) {
    XYSeries series = chart.getSeries(name);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(marker).setMarkerColor(color);
  }

  /** Takes what is to be drawn. */
  void show(SeriesPicture series, Layers layers, boolean withBand) {
    update(band, withBand ? layers.band(series.means()) : nothing());
    update(line, layers.line(series.originals()));
    update(lone, layers.lone(series.originals()));
    update(dots, layers.dots(series.means(), false));
    update(rings, layers.dots(series.means(), true));
    means = layers.means(series.means());
  }

  /** Cuts the means' line into dashes, which depend on the size of the picture. */
  void cut(Dashes.Frame frame) {
    Curve cut = Dashes.of(means, frame);
    update(halo, cut);
    update(dashes, cut);
  }

  /**
   * XChart keeps the arrays that it is given. Every curve ends with a point that is not drawn:
   * XChart refuses empty ones, and where all points are equally far apart it puts ticks at points
   * in place of round numbers.
   */
  private void update(String name, Curve curve) {
    chart.updateXYSeries(name, curve.xs(), curve.ys(), null);
  }

  private static Curve nothing() {
    var curve = new Curve();
    curve.lift();
    return curve;
  }
}
