package coarsen.pipeline.inspect;

import static coarsen.pipeline.inspect.Texts.count;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.SeriesColumn;
import coarsen.records.Series;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many readings each series has. */
final class SeriesCounts {
  private static final int SHOWN = 3;
  private static final int MOST_NAME = 60;

  private final Map<Series, Integer> readings = new TreeMap<>(Comparator.comparing(Series::text));

  /** Counts the readings of a batch, if they have series. */
  void add(ReadingBatch batch) {
    SeriesColumn series = batch.series();
    for (int i = 0; series != null && i < batch.size(); i++) {
      readings.merge(series.of(i), 1, Integer::sum);
    }
  }

  /** How many series there are. */
  int size() {
    return readings.size();
  }

  /** Whether no reading has a series. */
  boolean isEmpty() {
    return readings.isEmpty();
  }

  /** How many there are, and those with the most readings. */
  @Override
  public String toString() {
    return count(readings.size())
        + ", such as "
        + readings.entrySet().stream()
            .sorted(Map.Entry.<Series, Integer>comparingByValue().reversed())
            .limit(SHOWN)
            .map(
                each ->
                    Texts.cut(each.getKey().text(), MOST_NAME)
                        + " ("
                        + count(each.getValue(), "reading")
                        + ")")
            .collect(Collectors.joining(", "));
  }
}
