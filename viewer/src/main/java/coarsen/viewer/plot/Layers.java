package coarsen.viewer.plot;

import coarsen.viewer.model.Selection;
import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesPicture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.knowm.xchart.XYChart;

/** The layers of all series of a chart, which draws its XChart series in the order of addition. */
final class Layers {
  private static final Map<String, Integer> WITHOUT_SERIES =
      Map.of(Selection.ALL_READINGS, SeriesChoice.ALONE);

  private final XYChart chart;
  private final Theme theme;
  private final Legend legend;
  private final Map<String, SeriesLayers> layers = new LinkedHashMap<>();
  private Map<String, Integer> colours = Map.of();

  Layers(XYChart chart, Theme theme, Legend legend) {
    this.chart = chart;
    this.theme = theme;
    this.legend = legend;
    use(List.of());
  }

  /** Makes layers for these series, in their colours, unless they are there already. */
  void use(List<SeriesPicture> series) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    series.forEach(each -> wanted.put(each.name(), each.colour()));
    if (wanted.isEmpty()) {
      wanted.putAll(WITHOUT_SERIES); // XChart rejects a chart without series.
    }
    if (wanted.equals(colours)) {
      return;
    }
    colours = wanted;
    List.copyOf(chart.getSeriesCollection()).forEach(each -> chart.removeSeries(each.getName()));
    layers.clear();
    wanted.forEach(
        (name, colour) -> layers.put(name, new SeriesLayers(chart, theme, name, colour)));
    // The means of one series must not vanish behind the readings of another.
    forEach(SeriesLayers::addBand);
    forEach(SeriesLayers::addReadings);
    forEach(SeriesLayers::addMeans);
    if (wanted.equals(WITHOUT_SERIES)) {
      legend.add();
    }
  }

  SeriesLayers of(SeriesPicture series) {
    SeriesLayers found = layers.get(series.name());
    if (found == null) {
      throw new IllegalArgumentException("no layers for " + series.name());
    }
    return found;
  }

  void forEach(Consumer<SeriesLayers> action) {
    layers.values().forEach(action);
  }
}
