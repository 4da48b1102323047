package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import coarsen.records.Series;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the fields of an object that name the series of its readings; there may be none. */
final class JsonLabels {
  private final List<FieldPath> fields;
  private final @Nullable KeyLabel key;
  private final @Nullable String missing;
  private final List<FieldPath> values;

  /** Of the fields, then of the key, then of the value's field; null where there are none. */
  private final @Nullable Labels labels;

  // Of the object that is being read.
  private int found;
  private String detail = "";

  /**
   * @param series null where readings have none
   * @param values fields, of which there is a label if there are several
   */
  JsonLabels(@Nullable SeriesFields series, List<FieldPath> values) {
    fields = series == null ? List.of() : fields(series);
    missing = series == null ? null : series.missing();
    key = series != null && series.hasKey() ? new KeyLabel(missing) : null;
    labels = series == null ? null : new Labels(names(series, values.size()));
    this.values = values;
  }

  /** The fields of an object, without the message's key. */
  static List<FieldPath> fields(SeriesFields series) {
    return series.fields().stream()
        .filter(field -> !field.equals(SeriesFields.KEY))
        .map(field -> FieldPath.parse("--seriesField", field))
        .toList();
  }

  /**
   * The labels' names.
   *
   * @throws IllegalArgumentException if one would be there twice, or is not in JSON
   */
  static List<String> names(SeriesFields series, int values) {
    for (String field : series.fields()) {
      if (field.equals(SeriesFields.ALL) || field.equals(SeriesFields.MEASUREMENT)) {
        throw new IllegalArgumentException(
            "--seriesField="
                + field
                + " is for --format=influx; with JSON, name the fields, and write /"
                + field
                + " if one is called that");
      }
    }
    List<String> given = new ArrayList<>();
    List<String> brief = new ArrayList<>();
    for (FieldPath field : fields(series)) {
      given.add(field.text());
      brief.add(field.steps().get(field.steps().size() - 1));
    }
    if (series.hasKey()) {
      given.add(SeriesFields.KEY);
      brief.add(SeriesFields.KEY.substring(1));
    }
    return SeriesFields.names(given, brief, values > 1);
  }

  /** Begins a message. */
  void open(Message message) {
    if (key != null) {
      key.open(message);
    }
  }

  /** Begins an object. */
  void clear() {
    found = 0;
  }

  /** The label that is a field at the top level; −1 if none is. */
  int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).text().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the object had a label before. */
  boolean isFound(int i) {
    return (found & 1 << i) != 0;
  }

  /** The fields of the labels. */
  List<FieldPath> fields() {
    return fields;
  }

  /**
   * Reads the token that the parser is at.
   *
   * @return null if it is a label; else why not, with {@link #detail}
   */
  @Nullable RejectReason read(int i, JsonParser parser, JsonToken token) throws IOException {
    found |= 1 << i;
    if (token.isStructStart()) {
      return reject(
          RejectReason.BAD_LABEL,
          "label is " + JsonKind.of(token) + at(i) + "; expected text, a number or a boolean");
    }
    if (token == JsonToken.VALUE_NULL) {
      return missing(i, fields.get(i).text() + " is null");
    }
    String text = parser.getText();
    String fault = Labels.fault(text);
    if (fault != null) {
      return reject(RejectReason.BAD_LABEL, "label is " + fault + at(i));
    }
    set(i, text);
    return null;
  }

  /**
   * Ends an object.
   *
   * @return null if it has all labels; else why not, with {@link #detail}
   */
  @Nullable RejectReason complete() {
    for (int i = 0; i < fields.size(); i++) {
      RejectReason why = isFound(i) ? null : missing(i, "no " + fields.get(i).text());
      if (why != null) {
        return why;
      }
    }
    if (key == null) {
      return null;
    }
    if (key.reason() != null) {
      return reject(key.reason(), key.detail());
    }
    set(fields.size(), Objects.requireNonNull(key.text()));
    return null;
  }

  /** The series of a value of the object; null where readings have none. */
  @Nullable Series series(int value) {
    if (labels == null) {
      return null;
    }
    if (values.size() > 1) {
      labels.set(fields.size() + (key == null ? 0 : 1), values.get(value).text());
    }
    return labels.series();
  }

  /** What is wrong with the last label. */
  String detail() {
    return detail;
  }

  private @Nullable RejectReason missing(int i, String what) {
    if (missing == null) {
      return reject(RejectReason.MISSING_FIELD, what);
    }
    set(i, missing);
    return null;
  }

  private void set(int label, String text) {
    if (labels != null) {
      labels.set(label, text);
    }
  }

  private String at(int i) {
    return " at " + fields.get(i).place();
  }

  private RejectReason reject(RejectReason why, String what) {
    detail = what;
    return why;
  }
}
