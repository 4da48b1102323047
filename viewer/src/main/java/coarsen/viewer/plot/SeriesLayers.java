package coarsen.viewer.plot;

import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesPicture;
import java.awt.BasicStroke;
import java.awt.Color;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The XChart series that draw one series, from back to front: the band, the shades of dense
 * readings, the line of readings, lone readings, the dashes of the means on their halo, and the
 * dots of the means.
 */
final class SeriesLayers {
  private static final int BAND_ALPHA = 46;
  private static final double[] NOTHING = {Double.NaN};

  private final XYChart chart;
  private final Theme theme;
  private final int colour;
  private final String band;
  private final String shade;
  private final ShadeMarker shades;
  private final String line;
  private final String lone;
  private final String halo;
  private final String dashes;
  private final String dots;
  private final String rings;
  private Curve means = new Curve();

  /** Adds nothing to the chart; that is done from back to front, for all series together. */
  SeriesLayers(XYChart chart, Theme theme, String name, int colour) {
    this.chart = chart;
    this.theme = theme;
    this.colour = colour;
    band = "band " + name;
    shade = "shade " + name;
    shades = new ShadeMarker(theme.shades(colour));
    line = "line " + name;
    lone = "lone " + name;
    halo = "halo " + name;
    dashes = "dashes " + name;
    dots = "dots " + name;
    rings = "rings " + name;
  }

  void addBand() {
    Color mean = theme.mean(colour);
    add(band, SeriesLines.NONE, mean, SeriesMarkers.NONE);
    XYSeries area = chart.getSeries(band);
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    area.setFillColor(new Color(mean.getRed(), mean.getGreen(), mean.getBlue(), BAND_ALPHA));
  }

  void addReadings() {
    Color reading = theme.original(colour);
    BasicStroke stroke = colour == SeriesChoice.ALONE ? Styling.SOLID : Styling.THIN;
    add(shade, SeriesLines.NONE, reading, shades);
    add(line, stroke, reading, SeriesMarkers.NONE);
    add(lone, SeriesLines.NONE, reading, DotMarker.full());
  }

  void addMeans() {
    Color mean = theme.mean(colour);
    add(halo, Styling.HALO, theme.background(), SeriesMarkers.NONE);
    add(dashes, Styling.CUT, mean, SeriesMarkers.NONE);
    add(dots, SeriesLines.NONE, mean, DotMarker.full());
    add(rings, SeriesLines.NONE, mean, DotMarker.hollow(theme.background()));
  }

  private void add(String name, BasicStroke stroke, Color color, Marker marker) {
    XYSeries series = chart.addSeries(name, NOTHING, NOTHING);
    series.setShowInLegend(false);
    series.setLineStyle(stroke).setLineColor(color);
    series.setMarker(marker).setMarkerColor(color);
  }

  /**
   * Sets what is drawn.
   *
   * @param shading of the series' density; null if it is drawn without
   */
  void show(
      SeriesPicture series, SeriesCurves curves, boolean withBand, @Nullable Shading shading) {
    update(band, withBand ? curves.band(series.means()) : nothing());
    update(shade, shades.show(shading, curves.times(), curves.values()));
    update(line, curves.line(series));
    update(lone, curves.lone(series));
    update(dots, curves.dots(series.means(), false));
    update(rings, curves.dots(series.means(), true));
    means = curves.means(series.means());
  }

  /** Cuts the line of means into dashes, which depend on the size of the picture. */
  void cut(Dashes.Viewport viewport) {
    Curve cut = Dashes.of(means, viewport);
    update(halo, cut);
    update(dashes, cut);
  }

  /**
   * Replaces the points of an XChart series. Every curve ends with a NaN: XChart rejects empty
   * series, and puts ticks at the points instead of round numbers if all are equally far apart.
   */
  private void update(String name, Curve curve) {
    chart.updateXYSeries(name, curve.xs(), curve.ys(), null);
  }

  private static Curve nothing() {
    var curve = new Curve();
    curve.breakLine();
    return curve;
  }
}
