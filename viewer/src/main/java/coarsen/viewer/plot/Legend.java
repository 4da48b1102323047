package coarsen.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * The legend: series of XChart without a point, for what is drawn of one of ours are several of
 * XChart's. XChart does not tell where it draws an entry, but an entry's dot knows.
 */
final class Legend {
  private static final double[] NOTHING = {Double.NaN};
  private static final int HALF_HEIGHT = 14;
  private static final int AFTER_LAST = 110;

  private record Entry(XYSeries series, DotMarker spot, Color color) {}

  private final XYChart chart;
  private final Theme theme;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Legend(XYChart chart, Theme theme) {
    this.chart = chart;
    this.theme = theme;
  }

  /** What it says of a series' readings. */
  static String originals(String series) {
    return series.isEmpty() ? "Original" : series + " original";
  }

  /** What it says of a series' means. */
  static String means(String series) {
    return series.isEmpty() ? "Reduced" : series + " reduced";
  }

  void add(String label, BasicStroke stroke, Color color, DotMarker spot) {
    XYSeries series = chart.addSeries(label, NOTHING, NOTHING);
    series.setLineStyle(stroke);
    series.setMarker(spot);
    entries.put(label, new Entry(series, spot, color));
  }

  /** Greys out what is hidden. */
  void show(Set<String> hidden) {
    entries.forEach(
        (label, entry) -> {
          Color color = hidden.contains(label) ? theme.grid() : entry.color();
          entry.series().setLineColor(color);
          entry.series().setMarkerColor(color);
        });
  }

  /** The entry at a place that was painted; null if there is none. */
  @Nullable String at(int x, int y) {
    String found = null;
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      double left = entry.getValue().spot().x() - Styling.LEGEND_LINE;
      boolean beside = Math.abs(entry.getValue().spot().y() - y) <= HALF_HEIGHT;
      if (beside && left <= x && x <= left + Styling.LEGEND_LINE + 2 * AFTER_LAST) {
        found = entry.getKey(); // The last that begins left of the place.
      }
    }
    return found;
  }
}
