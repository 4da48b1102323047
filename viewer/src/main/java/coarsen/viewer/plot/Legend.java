package coarsen.viewer.plot;

import coarsen.viewer.model.Picture;
import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesPicture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * The legend of readings without series: one XChart series without points per entry, as each line
 * is drawn with several XChart series. XChart does not say where it paints an entry, but the
 * entry's marker remembers.
 */
final class Legend {
  private static final String ORIGINAL = "Original";
  private static final String REDUCED = "Reduced";
  private static final double[] NOTHING = {Double.NaN};
  private static final int HALF_HEIGHT = 14;
  private static final int LABEL_WIDTH = 110;

  private record Entry(XYSeries series, DotMarker marker, Color color) {}

  private final XYChart chart;
  private final Theme theme;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Legend(XYChart chart, Theme theme) {
    this.chart = chart;
    this.theme = theme;
  }

  /** The label of a series' readings; several series have one label for readings and means. */
  static String originals(SeriesPicture series) {
    return series.colour() == SeriesChoice.ALONE ? ORIGINAL : series.label();
  }

  /** The label of a series' means. */
  static String means(SeriesPicture series) {
    return series.colour() == SeriesChoice.ALONE ? REDUCED : series.label();
  }

  /** A picture without the lines of these labels. */
  static Picture visible(Picture picture, Set<String> hidden) {
    return picture.only(
        series -> !hidden.contains(originals(series)), series -> !hidden.contains(means(series)));
  }

  /** Adds the entries to the chart. */
  void add() {
    entries.clear();
    Color blue = theme.original(SeriesChoice.ALONE);
    Color red = theme.mean(SeriesChoice.ALONE);
    add(ORIGINAL, Styling.SOLID, blue, DotMarker.none());
    add(REDUCED, Styling.DASHED, red, DotMarker.full());
  }

  private void add(String label, BasicStroke stroke, Color color, DotMarker marker) {
    XYSeries series = chart.addSeries(label, NOTHING, NOTHING);
    series.setLineStyle(stroke);
    series.setMarker(marker);
    entries.put(label, new Entry(series, marker, color));
  }

  /** Greys out the labels of hidden lines. */
  void show(Set<String> hidden) {
    entries.forEach(
        (label, entry) -> {
          Color color = hidden.contains(label) ? theme.grid() : entry.color();
          entry.series().setLineColor(color);
          entry.series().setMarkerColor(color);
        });
  }

  /** The label painted at a place; null if there is none. */
  @Nullable String at(int x, int y) {
    String found = null;
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      double left = entry.getValue().marker().x() - Styling.LEGEND_LINE;
      boolean beside = Math.abs(entry.getValue().marker().y() - y) <= HALF_HEIGHT;
      if (beside && left <= x && x <= left + Styling.LEGEND_LINE + 2 * LABEL_WIDTH) {
        found = entry.getKey(); // The last one to the left of the place.
      }
    }
    return found;
  }
}
