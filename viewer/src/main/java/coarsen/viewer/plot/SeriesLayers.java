package coarsen.viewer.plot;

import coarsen.viewer.model.SeriesPicture;
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

  SeriesLayers(XYChart chart, Legend legend, Theme theme, String name, int index) {
    this.chart = chart;
    Color blue = theme.original(index);
    Color red = theme.mean(index);
    band = add("band " + name);
    XYSeries area = chart.getSeries(band);
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    area.setLineStyle(SeriesLines.NONE);
    area.setMarker(SeriesMarkers.NONE);
    area.setFillColor(new Color(red.getRed(), red.getGreen(), red.getBlue(), BAND_ALPHA));
    shade = add("shade " + name);
    shades = new ShadeMarker(theme.shades(index));
    chart.getSeries(shade).setLineStyle(SeriesLines.NONE);
    chart.getSeries(shade).setMarker(shades);
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
