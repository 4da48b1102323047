package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What in a message names the series of its readings, as the run was told.
 *
 * @param fields names, or {@code @key} and its like
 * @param missing the label of a message that lacks it; null if such a message is rejected
 */
public record SeriesFormat(List<String> fields, @Nullable String missing) {
  static final String KEY = "@key";
  static final String MEASUREMENT = "@measurement";
  static final String ALL = "@series";

  /** The label that says which of several fields has the value. */
  static final String FIELD = "field";

  /** Checks that there are names, each once. */
  public SeriesFormat {
    fields = List.copyOf(fields);
    if (fields.contains("") || new HashSet<>(fields).size() < fields.size()) {
      throw new IllegalArgumentException(
          "--seriesField="
              + String.join(",", fields)
              + " has an empty name, or one twice; name fields once");
    }
  }

  /** Of an option, with commas between fields. */
  public static SeriesFormat parse(String fields, @Nullable String missing) {
    return new SeriesFormat(FieldNames.split(fields), missing);
  }

  boolean has(String field) {
    return fields.contains(field);
  }

  /** The fields that are not special. */
  List<String> named() {
    return fields.stream()
        .filter(field -> !List.of(KEY, MEASUREMENT, ALL).contains(field))
        .toList();
  }

  /**
   * The names of labels: those that are preferred, where they are not empty and differ from all
   * others; else the fields as they were given.
   *
   * @param hasField whether there is a label with the field of the value
   * @throws IllegalArgumentException if another has its name
   */
  static List<String> labels(List<String> given, List<String> preferred, boolean hasField) {
    List<String> names = new ArrayList<>(preferred);
    List<String> before;
    do {
      before = List.copyOf(names);
      for (int i = 0; i < names.size(); i++) {
        if (before.get(i).isEmpty() || Collections.frequency(before, before.get(i)) > 1) {
          names.set(i, given.get(i));
        }
      }
    } while (!names.equals(before));
    if (hasField && names.contains(FIELD)) {
      throw new IllegalArgumentException(
          "--seriesField="
              + given.get(names.indexOf(FIELD))
              + " would be the label 'field', which says where the value is if there may be several;"
              + " leave it out, or name one --valueField");
    }
    return names;
  }
}
