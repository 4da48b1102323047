package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the field with the value. Holds the last result. */
final class JsonValueReader {
  /** As in JSON: no hexadecimal digits, no NaN, no blanks. */
  static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private final String field;
  private final String place;
  private final boolean numbersInStrings;

  private double value;
  private String detail = "";

  JsonValueReader(JsonFormat format, FieldPath path) {
    place = path.place();
    field = path.text();
    numbersInStrings = format.numbersInStrings();
  }

  /**
   * Reads the token that the parser is at.
   *
   * @return null if it is a value; else why not, with {@link #detail}
   */
  @Nullable RejectReason read(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return parser.getTextLength() > JsonMessageParser.MAX_NUMBER
            ? tooLong()
            : finite(parser.getDoubleValue());
      }
      case VALUE_STRING -> {
        return string(parser);
      }
      case VALUE_NULL -> {
        return reject(RejectReason.MISSING_FIELD, field + " is null");
      }
      default -> {
        return reject(RejectReason.NOT_A_NUMBER, "value is " + JsonKind.of(token) + " at " + place);
      }
    }
  }

  /** The last value. */
  double value() {
    return value;
  }

  /** What is wrong with the last value. */
  String detail() {
    return detail;
  }

  private @Nullable RejectReason string(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (!NUMBER.matcher(text).matches()) {
      return reject(
          RejectReason.NOT_A_NUMBER,
          (numbersInStrings ? "value is a string without a number at " : "value is a string at ")
              + place);
    }
    if (!numbersInStrings) {
      return reject(
          RejectReason.NOT_A_NUMBER,
          "value is a number in a string at " + place + "; --numbersInStrings reads it");
    }
    return text.length() > JsonMessageParser.MAX_NUMBER
        ? tooLong()
        : finite(Double.parseDouble(text));
  }

  private @Nullable RejectReason finite(double number) {
    value = number + 0.0; // Makes -0.0 a 0.
    return Double.isFinite(value)
        ? null
        : reject(RejectReason.NOT_FINITE, "beyond the range of a double at " + place);
  }

  private RejectReason tooLong() {
    return reject(
        RejectReason.TOO_LARGE, "over " + JsonMessageParser.MAX_NUMBER + " characters at " + place);
  }

  private RejectReason reject(RejectReason why, String what) {
    detail = what;
    return why;
  }
}
