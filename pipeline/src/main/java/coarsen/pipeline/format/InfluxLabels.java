package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what names the series of a line's readings: its measurement and tags, or those that are
 * named, the message's key, and the field's name where several fields are readings.
 */
final class InfluxLabels {
  /** Tags of a line whose tags are all labels, at most. */
  private static final int MAX_TAGS = 64;

  /**
   * Bytes of the measurement and tags where all are labels, at most: as many as InfluxDB takes
   * ({@code MaxKeyLength} in its {@code models/points.go}). Without a limit, rows could be too
   * long.
   */
  private static final int MAX_HEAD = 65_535;

  private static final String MEASUREMENT_LABEL = "measurement";

  private final boolean hasAllTags;
  private final boolean hasMeasurement;
  private final boolean hasField;

  /** Those that are named, in the order of their labels, behind the measurement. */
  private final List<String> tags;

  private final @Nullable String missing;
  private final @Nullable KeyLabel key;

  /** The labels' names, in the order in which they are filled in. */
  private List<String> names;

  private Labels labels;

  // Of the line.
  private final List<@Nullable String> texts = new ArrayList<>();
  private int[] fieldStarts = new int[16];
  private int[] fieldEnds = new int[16];
  private String detail = "";

  InfluxLabels(SeriesFields series, boolean hasField) {
    this.hasField = hasField;
    missing = series.missing();
    key = series.hasKey() ? new KeyLabel(missing) : null;
    hasAllTags = series.fields().contains(SeriesFields.ALL);
    hasMeasurement = hasAllTags || series.fields().contains(SeriesFields.MEASUREMENT);
    tags = tags(series);
    names = names(series, hasField);
    labels = new Labels(names);
  }

  private static List<String> tags(SeriesFields series) {
    return series.fields().stream().filter(field -> !field.startsWith("@")).toList();
  }

  /**
   * The labels' names, without those of tags that are not named: the measurement's, the tags', the
   * key's, the field's.
   *
   * @throws IllegalArgumentException if one would be there twice
   */
  static List<String> names(SeriesFields series, boolean hasField) {
    for (String field : series.fields()) {
      boolean isKnown = SeriesFields.SPECIAL.contains(field);
      if (field.startsWith("@") && !isKnown) {
        throw new IllegalArgumentException(
            "--seriesField="
                + field
                + " is not known; write "
                + String.join(", ", SeriesFields.SPECIAL)
                + " or the names of tags");
      }
      if (series.fields().contains(SeriesFields.ALL)
          && !field.equals(SeriesFields.ALL)
          && !field.equals(SeriesFields.KEY)) {
        throw new IllegalArgumentException(
            "--seriesField="
                + SeriesFields.ALL
                + " has the measurement and all tags; leave out '"
                + field
                + "'");
      }
    }
    List<String> given = new ArrayList<>();
    List<String> brief = new ArrayList<>();
    for (String field : series.fields()) {
      if (field.equals(SeriesFields.ALL) || field.equals(SeriesFields.MEASUREMENT)) {
        given.add(SeriesFields.MEASUREMENT);
        brief.add(MEASUREMENT_LABEL);
      }
    }
    given.addAll(tags(series));
    brief.addAll(tags(series));
    if (series.hasKey()) {
      given.add(SeriesFields.KEY);
      brief.add(SeriesFields.KEY.substring(1));
    }
    return SeriesFields.names(given, brief, hasField);
  }

  /** Begins a message. */
  void open(Message message) {
    if (key != null) {
      key.open(message);
    }
  }

  /**
   * Reads the labels of a line that is good otherwise.
   *
   * @return null if it has all; else why not, with {@link #detail}
   */
  @Nullable RejectReason read(InfluxLines lines) {
    texts.clear();
    if (hasMeasurement) {
      texts.add(lines.measurement());
    }
    RejectReason why = hasAllTags ? readAll(lines) : readNamed(lines);
    if (why != null) {
      return why;
    }
    if (key != null) {
      if (key.reason() != null) {
        detail = key.detail();
        return key.reason();
      }
      texts.add(key.text());
    }
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i) == null ? missing : texts.get(i);
      if (text == null) {
        detail = "no tag " + names.get(i);
        return RejectReason.MISSING_FIELD;
      }
      String fault = Labels.fault(text);
      if (fault != null) {
        detail = label(i) + " is " + fault;
        return RejectReason.BAD_LABEL;
      }
      labels.set(i, text);
    }
    return null;
  }

  private String label(int i) {
    if (!hasAllTags) {
      return "label " + names.get(i);
    }
    return i == 0 ? "the measurement" : "tag " + i;
  }

  private @Nullable RejectReason readNamed(InfluxLines lines) {
    String[] found = new String[tags.size()];
    for (int i = 0; i < lines.tags(); i++) {
      int tag = tags.indexOf(lines.tagName(i));
      if (tag >= 0 && found[tag] != null) {
        return twice(i);
      }
      if (tag >= 0) {
        found[tag] = lines.tagValue(i);
      }
    }
    texts.addAll(Arrays.asList(found));
    return null;
  }

  private @Nullable RejectReason readAll(InfluxLines lines) {
    if (lines.tags() > MAX_TAGS) {
      detail = lines.tags() + " tags; at most " + MAX_TAGS + " are labels";
      return RejectReason.BAD_LABEL;
    }
    if (lines.headLength() > MAX_HEAD) {
      detail = "its measurement and tags have over " + MAX_HEAD + " bytes";
      return RejectReason.BAD_LABEL;
    }
    List<String> all = new ArrayList<>();
    all.add(MEASUREMENT_LABEL);
    for (int i = 0; i < lines.tags(); i++) {
      all.add(lines.tagName(i));
      texts.add(lines.tagValue(i));
    }
    if (key != null) {
      all.add(SeriesFields.KEY.substring(1));
    }
    if (hasField) {
      all.add(SeriesFields.FIELD);
    }
    if (all.equals(names)) {
      return null;
    }
    // Most lines have the tags of the line before them, so this is seldom.
    Set<String> others = new HashSet<>(all.subList(1 + lines.tags(), all.size()));
    others.add(MEASUREMENT_LABEL);
    for (int i = 0; i < lines.tags(); i++) {
      if (!others.add(lines.tagName(i))) {
        return twice(i);
      }
    }
    names = all;
    labels = new Labels(names);
    return null;
  }

  private RejectReason twice(int tag) {
    detail = "tag " + (tag + 1) + " has the name of another label";
    return RejectReason.BAD_LABEL;
  }

  /** Whether the name of the line's field is too long for a label. */
  boolean isTooLong(InfluxLines lines) {
    return hasField
        && lines.keyEnd() - lines.keyStart() > Labels.MAX_LENGTH
        && Labels.fault(lines.text(lines.keyStart(), lines.keyEnd())) != null;
  }

  /** Reading {@code i} of the message is that of the line's field. */
  void field(int i, InfluxLines lines) {
    if (i >= fieldStarts.length) {
      fieldStarts = Arrays.copyOf(fieldStarts, 2 * i);
      fieldEnds = Arrays.copyOf(fieldEnds, 2 * i);
    }
    fieldStarts[i] = lines.keyStart();
    fieldEnds[i] = lines.keyEnd();
  }

  /** Gives the message's readings from {@code first} on their series. */
  void name(ParsedMessage parsed, int first, InfluxLines lines) {
    int label = names.size() - 1;
    for (int i = first; i < parsed.size(); i++) {
      if (parsed.reason(i) == null) {
        if (hasField) {
          labels.set(label, lines.text(fieldStarts[i], fieldEnds[i]));
        }
        parsed.series(i, labels.series());
      }
    }
  }

  /** What is wrong with the line. */
  String detail() {
    return detail;
  }
}
