package coarsen.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a row, with errors that name its kind; for all kinds of rows. */
final class RowJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static final JsonFactory FACTORY = MAPPER.getFactory();

  private final String kind;
  private final JsonNode row;

  private RowJson(String kind, JsonNode row) {
    this.kind = kind;
    this.row = row;
  }

  static RowJson parse(String kind, byte[] json, int offset, int length) {
    try {
      JsonNode row = MAPPER.readTree(json, offset, length);
      if (!row.isObject()) {
        throw new IllegalArgumentException("not a " + kind + " row: not a JSON object");
      }
      return new RowJson(kind, row);
    } catch (IOException e) {
      throw bad(kind, e);
    }
  }

  static IllegalArgumentException bad(String kind, IOException cause) {
    String message = cause.getMessage();
    String firstLine = message == null ? cause.toString() : message.lines().findFirst().orElse("");
    return new IllegalArgumentException("not a " + kind + " row: " + firstLine, cause);
  }

  /** Reads the labels at which the parser is; null where the field is. */
  static @Nullable Series series(String kind, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    SortedMap<String, String> labels = new TreeMap<>();
    boolean areLabels = parser.currentToken() == JsonToken.START_OBJECT;
    while (areLabels && parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      areLabels = parser.nextToken() == JsonToken.VALUE_STRING;
      labels.put(name, parser.getText());
    }
    if (!areLabels || labels.isEmpty()) {
      throw new IllegalArgumentException(
          "not a " + kind + " row: series is not an object of labels, which are strings");
    }
    return Series.of(labels);
  }

  /** The series whose row it is; null for none. */
  @Nullable Series series() {
    JsonNode field = row.path("series");
    if (field.isMissingNode()) {
      return null;
    }
    try (JsonParser labels = field.traverse(MAPPER)) {
      labels.nextToken();
      return series(kind, labels);
    } catch (IOException e) {
      throw bad(kind, e);
    }
  }

  JsonNode field(String name) {
    JsonNode field = row.get(name);
    if (field == null || field.isNull()) {
      throw new IllegalArgumentException("not a " + kind + " row: it has no " + name);
    }
    return field;
  }

  JsonNode optional(String name) {
    return row.path(name);
  }

  String text(String name) {
    return expect(name, field(name).isTextual(), "a string").textValue();
  }

  long time(String name) {
    return EventTime.parse(text(name));
  }

  double number(String name) {
    JsonNode field = field(name);
    return expect(name, field.isNumber() && Double.isFinite(field.doubleValue()), "a finite number")
        .doubleValue();
  }

  long whole(String name) {
    return expect(name, field(name).canConvertToLong(), "a whole number").longValue();
  }

  int small(String name) {
    return expect(name, field(name).canConvertToInt(), "a whole number").intValue();
  }

  private JsonNode expect(String name, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("not a " + kind + " row: " + name + " is not " + what);
    }
    return field(name);
  }
}
