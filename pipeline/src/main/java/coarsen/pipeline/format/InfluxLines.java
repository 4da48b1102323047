package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The lines of line protocol in a message, part by part: {@link #next}, {@link #head}, {@link
 * #field} until it finds none, {@link #tail}. The first fault of a line ends it, and the next line
 * begins behind the next line feed, even if that is in a string.
 *
 * <p>Names (of measurements, tags and fields) end at a comma, blank or equals sign without a
 * backslash before it, and hold no control characters; that of a measurement may hold equals signs.
 * A backslash before anything else is itself. Strings hold anything; a backslash stands before a
 * quote or a backslash in them. Only blanks separate.
 */
final class InfluxLines {
  private static final Pattern ESCAPED = Pattern.compile("\\\\([, =])");

  /** In a measurement an equals sign is not special, so a backslash before it belongs to it. */
  private static final Pattern ESCAPED_IN_MEASUREMENT = Pattern.compile("\\\\([, ])");

  /** What a field holds. */
  enum Kind {
    NUMBER,
    STRING,
    BOOLEAN
  }

  private final InfluxCursor cursor = new InfluxCursor();
  private final InfluxNumber number = new InfluxNumber();

  // Of the line.
  private int lineNumber;
  private int start;
  private int measurementEnd;
  private int tags;
  private int[] tagStarts = new int[16];
  private int[] tagNameEnds = new int[16];
  private int[] tagEnds = new int[16];
  private boolean hasMoreFields;
  private String fault = "";
  private int timestampStart;
  private int timestampEnd;

  // Of the field.
  private int keyStart;
  private int keyEnd;
  private Kind kind = Kind.NUMBER;
  private int valueStart;
  private int valueEnd;

  /** Begins a message. */
  void open(byte[] bytes, int from, int length) {
    cursor.open(bytes, from, length);
    lineNumber = 0;
  }

  /** Goes to the next line that is not blank and not a comment; false if there is none. */
  boolean next() {
    if (lineNumber > 0) {
      cursor.takeLine();
    }
    for (; !cursor.isAtEnd(); cursor.takeLine()) {
      lineNumber = cursor.lineFeeds() + 1;
      cursor.takeBlanks();
      if (!cursor.isAtLineEnd() && !cursor.isAt('#')) {
        start = cursor.at();
        fault = "";
        return true;
      }
    }
    return false;
  }

  /** Reads the measurement and the tags; false at a fault. */
  boolean head() {
    tags = 0;
    if (!cursor.takeName(true)) {
      return fault("no measurement");
    }
    measurementEnd = cursor.at();
    while (cursor.take(',')) {
      if (!tag()) {
        return false;
      }
    }
    if (!cursor.takeBlanks() && !cursor.isAtLineEnd()) {
      return fault("a control character in a name");
    }
    hasMoreFields = true;
    return !cursor.isAtLineEnd() || fault("it has no fields");
  }

  private boolean tag() {
    if (tags == tagStarts.length) {
      tagStarts = Arrays.copyOf(tagStarts, 2 * tags);
      tagNameEnds = Arrays.copyOf(tagNameEnds, 2 * tags);
      tagEnds = Arrays.copyOf(tagEnds, 2 * tags);
    }
    tagStarts[tags] = cursor.at();
    boolean hasName = cursor.takeName(false);
    tagNameEnds[tags] = cursor.at();
    if (!hasName || !cursor.take('=') || !cursor.takeName(false)) {
      return fault("a tag without a value");
    }
    tagEnds[tags] = cursor.at();
    tags++;
    return !cursor.isAt('=') || fault("a tag's value with a = that has no backslash before it");
  }

  /** Reads the next field; false behind the last one and at a fault. */
  boolean field() {
    if (!hasMoreFields) {
      return false;
    }
    keyStart = cursor.at();
    if (!cursor.takeName(false)) {
      return fault("a field without a name");
    }
    keyEnd = cursor.at();
    if (!cursor.take('=') || cursor.isAtLineEnd() || cursor.isAt(',') || cursor.isAt(' ')) {
      return fault("a field without a value");
    }
    if (!(cursor.isAt('"') ? string() : numberOrBoolean())) {
      return false;
    }
    hasMoreFields = cursor.take(',');
    return hasMoreFields
        || cursor.isAt(' ')
        || cursor.isAtLineEnd()
        || fault("text behind a string");
  }

  private boolean string() {
    kind = Kind.STRING;
    valueStart = cursor.at() + 1;
    if (!cursor.takeString()) {
      return fault("a string without an end, which takes in all that follows");
    }
    valueEnd = cursor.at() - 1;
    return true;
  }

  private boolean numberOrBoolean() {
    valueStart = cursor.at();
    cursor.takeToken(true);
    valueEnd = cursor.at();
    if (number.read(cursor.bytes(), valueStart, valueEnd)) {
      kind = Kind.NUMBER;
      return !(number.isIntegerKind() && number.isBeyond64Bits())
          || fault("an integer beyond 64 bits");
    }
    kind = Kind.BOOLEAN;
    return cursor.isBooleanFrom(valueStart)
        || fault("a value that is not a number, a boolean or a string in quotes");
  }

  /** Reads the timestamp, if there is one, and the rest of the line; false at a fault. */
  boolean tail() {
    if (!fault.isEmpty()) {
      return false;
    }
    cursor.takeBlanks();
    timestampStart = cursor.at();
    cursor.takeToken(false);
    timestampEnd = cursor.at();
    cursor.takeBlanks();
    return (cursor.isAtLineEnd() || fault("text behind the timestamp"))
        && (cursor.isUtf8From(start) || fault("it is not UTF-8"));
  }

  private boolean fault(String what) {
    hasMoreFields = false;
    fault = what;
    return false;
  }

  /** What is wrong with the line, if something is. */
  String fault() {
    return fault;
  }

  /** The number of the line, from 1; line feeds in strings count. */
  int lineNumber() {
    return lineNumber;
  }

  /** Where the line begins, behind blanks. */
  int start() {
    return start;
  }

  /** The measurement's name. */
  String measurement() {
    return text(start, measurementEnd, ESCAPED_IN_MEASUREMENT);
  }

  /** Bytes of the measurement and the tags, as they were sent. */
  int headLength() {
    return (tags == 0 ? measurementEnd : tagEnds[tags - 1]) - start;
  }

  /** How many tags the line has. */
  int tags() {
    return tags;
  }

  /** The name of tag {@code i}. */
  String tagName(int i) {
    return text(tagStarts[i], tagNameEnds[i]);
  }

  /** The value of tag {@code i}. */
  String tagValue(int i) {
    return text(tagNameEnds[i] + 1, tagEnds[i]);
  }

  /**
   * The text of a tag's or field's name, or of a tag's value, without the backslashes that were
   * sent for its sake.
   */
  String text(int from, int to) {
    return text(from, to, ESCAPED);
  }

  private String text(int from, int to, Pattern escaped) {
    var text = new String(cursor.bytes(), from, to - from, UTF_8);
    return text.indexOf('\\') < 0 ? text : escaped.matcher(text).replaceAll("$1");
  }

  /** Where the field's name begins, as it was sent, with backslashes. */
  int keyStart() {
    return keyStart;
  }

  /** Where it ends. */
  int keyEnd() {
    return keyEnd;
  }

  /** What the field holds. */
  Kind kind() {
    return kind;
  }

  /** The field's number, if it holds one; any other may be read into it. */
  InfluxNumber number() {
    return number;
  }

  /** Where the field's value begins; of a string behind the quote. */
  int valueStart() {
    return valueStart;
  }

  /** Where it ends. */
  int valueEnd() {
    return valueEnd;
  }

  /** Where the timestamp begins. */
  int timestampStart() {
    return timestampStart;
  }

  /** Where it ends; at its beginning if there is none. */
  int timestampEnd() {
    return timestampEnd;
  }
}
