package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what names the series of a line's readings: the measurement, tags, and the message's key.
 */
final class LineLabels {
  private static final int MAX_TAGS = 64;

  /** Bytes of the measurement and tags, where all of them are labels. */
  private static final int MAX_HEAD = 65_535;

  private final SeriesFormat series;
  private final boolean hasField;
  private final List<String> tags;

  /** Of the tags that are named, of the measurement and of the key, as far as these are labels. */
  private final List<String> names;

  /**
   * @param hasField whether there is a label with the name of the field
   * @throws IllegalArgumentException if two labels would have one name, or a field is not known
   */
  LineLabels(SeriesFormat series, boolean hasField) {
    this.series = series;
    this.hasField = hasField;
    tags = series.named();
    for (String tag : tags) {
      if (tag.startsWith("@")) {
        throw new IllegalArgumentException(
            "--seriesField=" + tag + " is not known; write @series, @measurement, @key or tags");
      }
    }
    if (series.has(SeriesFormat.ALL) && (!tags.isEmpty() || series.has(SeriesFormat.MEASUREMENT))) {
      throw new IllegalArgumentException(
          "--seriesField=@series has the measurement and all tags; leave out the others, but @key");
    }
    List<String> given = new ArrayList<>(tags);
    List<String> preferred = new ArrayList<>(tags);
    if (hasMeasurement()) {
      given.add(SeriesFormat.MEASUREMENT);
      preferred.add("measurement");
    }
    if (series.has(SeriesFormat.KEY)) {
      given.add(SeriesFormat.KEY);
      preferred.add("key");
    }
    names = SeriesFormat.labels(given, preferred, hasField);
  }

  private boolean hasMeasurement() {
    return series.has(SeriesFormat.ALL) || series.has(SeriesFormat.MEASUREMENT);
  }

  /**
   * Reads the labels of a good line.
   *
   * @param key of the message; null if it has none
   */
  LabelReader read(InfluxLine line, byte @Nullable [] key) {
    var labels = new LabelReader(series.missing());
    for (int i = 0; i < tags.size(); i++) {
      addTag(names.get(i), tags.get(i), line, labels);
    }
    if (hasMeasurement()) {
      labels.add(names.get(tags.size()), utf8(line.measurement()));
    }
    if (series.has(SeriesFormat.KEY)) {
      labels.addKey(names.get(names.size() - 1), key);
    }
    if (series.has(SeriesFormat.ALL)) {
      addAllTags(line, labels);
    }
    return labels;
  }

  private static void addTag(String name, String tag, InfluxLine line, LabelReader labels) {
    List<String> found =
        line.tags().stream()
            .filter(other -> utf8(other.name()).equals(tag))
            .map(other -> utf8(other.value()))
            .toList();
    if (found.size() > 1) {
      labels.addBad();
    } else {
      labels.add(name, found.isEmpty() ? null : found.get(0));
    }
  }

  private void addAllTags(InfluxLine line, LabelReader labels) {
    if (line.tags().size() > MAX_TAGS || line.headLength() > MAX_HEAD) {
      labels.addBad();
    }
    for (InfluxLine.Field tag : line.tags()) {
      if (hasField && tag.name().equals(SeriesFormat.FIELD)) {
        labels.addBad();
      }
      labels.add(utf8(tag.name()), utf8(tag.value()));
    }
  }

  static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
