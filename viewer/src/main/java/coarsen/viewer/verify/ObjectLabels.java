package coarsen.viewer.verify;

import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what names the series of an object's readings: fields, and the message's key. */
final class ObjectLabels {
  private final SeriesFormat series;
  private final List<JsonPointer> fields = new ArrayList<>();

  /** Of the fields, then of the key. */
  private final List<String> names;

  /**
   * @param hasField whether there is a label with the field of the value
   * @throws IllegalArgumentException if two labels would have one name, or a field is none
   */
  ObjectLabels(SeriesFormat series, boolean hasField) {
    for (String special : List.of(SeriesFormat.ALL, SeriesFormat.MEASUREMENT)) {
      if (series.has(special)) {
        throw new IllegalArgumentException(
            "--seriesField="
                + special
                + " is for --format=influx; name the fields, or write /"
                + special
                + " if one is called that");
      }
    }
    this.series = series;
    List<String> given = new ArrayList<>(series.named());
    List<String> preferred = new ArrayList<>();
    for (String field : given) {
      JsonPointer pointer = JsonMessageFormat.pointer("--seriesField", field);
      fields.add(pointer);
      preferred.add(pointer.last().getMatchingProperty());
    }
    if (series.has(SeriesFormat.KEY)) {
      given.add(SeriesFormat.KEY);
      preferred.add("key");
    }
    names = SeriesFormat.labels(given, preferred, hasField);
  }

  /**
   * Reads the labels of an object.
   *
   * @param key of the message; null if it has none
   * @param faults takes what is wrong with the labels
   */
  LabelReader read(FieldsOnce object, byte @Nullable [] key, Set<RejectReason> faults) {
    var labels = new LabelReader(series.missing());
    for (int i = 0; i < fields.size(); i++) {
      JsonNode found = ObjectReader.find(object, fields.get(i), faults);
      if (found == null || found.isNull()) {
        labels.add(names.get(i), null);
      } else if (found.isContainerNode()) {
        labels.addBad();
      } else {
        labels.add(names.get(i), object.text(found));
      }
    }
    if (series.has(SeriesFormat.KEY)) {
      labels.addKey(names.get(fields.size()), key);
    }
    faults.addAll(labels.faults());
    return labels;
  }
}
