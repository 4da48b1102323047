package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.pipeline.format.SeriesFields;
import coarsen.pipeline.time.EventTimeRules;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds what could name the series: tags, text, booleans and integers that all messages have, the
 * key of the messages, and in line protocol all tags together. Each has several values in the
 * sample, which come more than once.
 */
final class SeriesFinder {
  private final TopicSample sample;
  private final FieldTable table;
  private final FormatChoice choice;

  /**
   * @param choice the options that read the messages, without {@code --seriesField}
   */
  SeriesFinder(TopicSample sample, FieldTable table, FormatChoice choice) {
    this.sample = sample;
    this.table = table;
    this.choice = choice;
  }

  /**
   * What could name the series, the most likely first.
   *
   * @param others names of fields that are times or values
   */
  List<SeriesField> find(Set<String> others, InstantSource now) {
    Map<SeriesField, Integer> ranks = new HashMap<>();
    for (FieldColumn column : table.columns()) {
      int rank = rank(column);
      int values = column.distinct();
      boolean isNamed = rank < FieldWords.NO_SERIES;
      if (!others.contains(column.name())
          && column.count() == table.messages()
          && isLabel(column, isNamed)
          && repeats(values, column.count(), isNamed)) {
        ranks.put(new SeriesField(column.name(), values), rank);
      }
    }
    int keys = keys();
    if (repeats(keys, sample.size(), true)) {
      ranks.put(new SeriesField(SeriesFields.KEY, keys), FieldWords.NO_SERIES);
    }
    List<SeriesField> found = new ArrayList<>(ranks.keySet());
    found.sort(
        Comparator.comparing((SeriesField field) -> ranks.getOrDefault(field, 0))
            .thenComparing(SeriesField::name));
    if (choice.isInflux()) {
      addAllTags(found, now);
    }
    return List.copyOf(found);
  }

  /** Booleans are the last, since a device with two states is not two devices. */
  private static int rank(FieldColumn column) {
    return column.hasOnly(FieldKind.BOOLEAN)
        ? FieldWords.NO_SERIES + 2
        : Math.min(FieldWords.of(column.name()).seriesRank(), FieldWords.NO_SERIES + 1);
  }

  /** Whether the format takes a field as a label, and it does not look like a quantity. */
  private boolean isLabel(FieldColumn column, boolean isNamed) {
    if (choice.isInflux()) {
      return column.hasOnly(FieldKind.TAG)
          && !column.name().equals(LineFields.MEASUREMENT)
          && !column.name().startsWith("@");
    }
    return column.cells().stream()
        .allMatch(
            cell ->
                switch (cell.kind()) {
                  case NUMBER -> isNamed && cell.text().matches("-?\\d+");
                  case TEXT -> isNamed || !cell.isNumberInText();
                  case BOOLEAN -> true;
                  case TAG, NULL -> false;
                });
  }

  /** Whether there are several values, and few enough not to be those of a counter or a text. */
  private static boolean repeats(int values, int count, boolean isNamed) {
    return values > 1 && (isNamed ? 10 * values <= 9 * count : 2 * values <= count);
  }

  /** How many keys the messages have; 0 if one has none, or one that is not text. */
  private int keys() {
    Set<String> keys = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> message : sample.all().toList()) {
      if (message.key() == null || KeyKind.of(message.key()) == KeyKind.BYTES) {
        return 0;
      }
      keys.add(new String(message.key(), UTF_8));
    }
    return keys.size();
  }

  /** Adds all tags, as the most likely, if a run with them finds several series. */
  private void addAllTags(List<SeriesField> found, InstantSource now) {
    var all = new SeriesField(SeriesFields.ALL, 0);
    var trial =
        Trial.of(
            sample,
            choice.with(all.option()).format(),
            EventTimeRules.DEFAULT.withMaxFutureSkew(null),
            now);
    if (repeats(trial.series().size(), trial.readings(), true)) {
      found.add(0, new SeriesField(SeriesFields.ALL, trial.series().size()));
    }
  }
}
