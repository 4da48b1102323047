package coarsen.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

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
