package coarsen.viewer.verify;

import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the objects of a message: one time, and a value or several. */
final class ObjectReader {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private final JsonMessageFormat format;
  private final JsonPointer timestampField;
  private final List<JsonPointer> valueFields;

  /** As they were given. */
  private final List<String> valueNames;

  /** Null where readings have no series. */
  private final @Nullable ObjectLabels objectLabels;

  private final TimestampReader timestamps;

  ObjectReader(JsonMessageFormat format) {
    this.format = format;
    timestampField = format.timestamp();
    valueFields = format.values();
    valueNames = FieldNames.split(format.valueField());
    objectLabels = format.labels();
    timestamps = new TimestampReader(format);
  }

  /** How many indexes an object takes. */
  int values() {
    return valueFields.size();
  }

  /**
   * Reads an object.
   *
   * @param index of its first value
   * @param key of the message; null if it has none
   * @param kafkaTime of the message
   * @param certain whether nothing else can be right, as far as the whole message shows
   * @param parts takes the readings, or what should be one
   */
  void read(
      FieldsOnce fields,
      int index,
      byte @Nullable [] key,
      ReadPart kafkaTime,
      boolean certain,
      List<ReadPart> parts) {
    Set<RejectReason> faults = EnumSet.noneOf(RejectReason.class);
    ReadPart time = kafkaTime;
    if (!format.takesKafkaTime()) {
      long tsMicros = timestamps.read(find(fields, timestampField, faults), faults);
      time = new ReadPart(index, tsMicros, 0, faults, true, null);
    }
    LabelReader labels = objectLabels == null ? null : objectLabels.read(fields, key, faults);
    if (labels != null && !faults.isEmpty()) {
      faults.addAll(time.faults());
      time = ReadPart.rejected(index, faults, time.certain());
    }
    if (!time.isReading() && valueFields.size() > 1) {
      parts.add(part(index, time, 0, time.faults(), certain));
      return;
    }
    for (int i = 0; i < valueFields.size(); i++) {
      Set<RejectReason> all = EnumSet.noneOf(RejectReason.class);
      all.addAll(time.faults());
      double value = value(find(fields, valueFields.get(i), all), all);
      ReadPart part = part(index + i, time, value, all, certain);
      parts.add(labels == null ? part : part.of(labels.series(fieldLabel(i))));
    }
  }

  /** The label that says which of several fields has the value; null if there is one field. */
  private @Nullable String fieldLabel(int i) {
    return valueFields.size() == 1 ? null : valueNames.get(i);
  }

  private static ReadPart part(
      int index, ReadPart time, double value, Set<RejectReason> faults, boolean certain) {
    if (faults.isEmpty()) {
      return ReadPart.reading(index, time.tsMicros(), value, certain && time.certain());
    }
    // Of a field that appears twice the tree has the last, and the pipeline may report the first.
    return ReadPart.rejected(
        index, faults, certain && !faults.contains(RejectReason.DUPLICATE_FIELD));
  }

  private double value(@Nullable JsonNode found, Set<RejectReason> faults) {
    JsonNode number =
        format.numbersInStrings() && found instanceof TextNode string ? number(string) : found;
    if (number == null || number.isNull()) {
      faults.add(RejectReason.MISSING_FIELD);
    } else if (!number.isNumber()) {
      faults.add(RejectReason.NOT_A_NUMBER);
    } else {
      double value =
          number.isBigInteger() ? number.decimalValue().doubleValue() : number.doubleValue();
      if (Double.isFinite(value)) {
        return value + 0.0; // Makes -0.0 a 0.
      }
      faults.add(RejectReason.NOT_FINITE);
    }
    return 0;
  }

  /** The node at a pointer, or null; a field on its way that appears twice is a fault. */
  static @Nullable JsonNode find(JsonNode root, JsonPointer pointer, Set<RejectReason> faults) {
    JsonNode node = root;
    JsonPointer rest = pointer;
    while (node != null && !rest.matches()) {
      if (node instanceof FieldsOnce fields) {
        String name = rest.getMatchingProperty();
        if (fields.isTwice(name)) {
          faults.add(RejectReason.DUPLICATE_FIELD);
        }
        node = fields.get(name);
      } else {
        int index = rest.getMatchingIndex();
        node = node.isArray() && index >= 0 ? node.get(index) : null;
      }
      rest = rest.tail();
    }
    return node;
  }

  /** The number that a string holds; the string itself if it holds none. */
  private static JsonNode number(TextNode string) {
    return NUMBER.matcher(string.textValue()).matches()
        ? DoubleNode.valueOf(Double.parseDouble(string.textValue()))
        : string;
  }
}
