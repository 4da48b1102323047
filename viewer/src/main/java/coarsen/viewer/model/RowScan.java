package coarsen.viewer.model;

import coarsen.records.EventTime;
import coarsen.records.EventWindow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds out whose row one is, and what is needed of a row that is not kept, without parsing all of
 * it: most rows of an output with many series are of series that nobody looks at. It knows rows as
 * the pipeline writes them, with names in plain ASCII; others have to be parsed. Not thread-safe.
 */
final class RowScan {
  private static final byte[] TS = bytes("{\"ts\":\"");
  private static final byte[] START = bytes("{\"start_time\":\"");
  private static final byte[] END = bytes(",\"end_time\":\"");
  private static final byte[] SERIES = bytes(",\"series\":{\"");
  private static final byte[] VALUE = bytes("\":\"");
  private static final byte[] NEXT = bytes(",\"");
  private static final byte[] AVG = bytes("},\"avg_value\":");
  private static final byte[] COUNT = bytes(",\"count\":");
  private static final byte[] MIN = bytes(",\"min_value\":");
  private static final byte[] MAX = bytes(",\"max_value\":");
  private static final int TEXT_CAPACITY = 1 << 10;

  private final byte[] text = new byte[TEXT_CAPACITY];
  private int textLength;
  private long start;
  private long end;
  private double mean;
  private double min;
  private double max;

  private byte[] row = text;
  private int at;
  private int limit;

  /**
   * Looks at a raw row.
   *
   * @return whether it is that of a series; if not, it must be parsed
   */
  boolean isRaw(byte[] bytes, int offset, int length) {
    try {
      begin(bytes, offset, length);
      if (!skip(TS)) {
        return false;
      }
      String ts = upTo('"');
      if (!labels()) { // Before the time is parsed: most outputs have no series.
        return false;
      }
      end = EventTime.parse(ts);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // Parsing it tells what is wrong.
    }
  }

  /**
   * Looks at a reduced row.
   *
   * @return whether it is that of a series; if not, it must be parsed
   */
  boolean isReduced(byte[] bytes, int offset, int length) {
    try {
      begin(bytes, offset, length);
      if (!skip(START)) {
        return false;
      }
      String from = upTo('"');
      if (!skip(END)) {
        return false;
      }
      String to = upTo('"');
      if (!labels() || !statistics()) {
        return false;
      }
      start = EventTime.parse(from);
      end = EventTime.parse(to);
      return start < end;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The text of the series in UTF-8, until the next row; it may be followed by anything. */
  byte[] text() {
    return text;
  }

  /** The length of the text. */
  int textLength() {
    return textLength;
  }

  /** The event time of the reading, or the end of the window, in microseconds since 1970. */
  long micros() {
    return end;
  }

  /** The window of a reduced row. */
  EventWindow window() {
    return new EventWindow(start, end);
  }

  /** The mean of a reduced row. */
  double mean() {
    return mean;
  }

  /** The least reading of a reduced row. */
  double min() {
    return min;
  }

  /** The greatest reading of a reduced row. */
  double max() {
    return max;
  }

  private void begin(byte[] bytes, int offset, int length) {
    row = bytes;
    at = offset;
    limit = offset + length;
    textLength = 0;
  }

  private boolean skip(byte[] expected) {
    if (limit - at < expected.length
        || !Arrays.equals(row, at, at + expected.length, expected, 0, expected.length)) {
      return false;
    }
    at += expected.length;
    return true;
  }

  private double number() {
    return Double.parseDouble(upTo(','));
  }

  /** The text before a character, which is skipped if it ends a string. */
  private String upTo(char character) {
    int from = at;
    while (at < limit && row[at] != character) {
      at++;
    }
    var before = new String(row, from, at - from, StandardCharsets.ISO_8859_1);
    at += character == '"' ? 1 : 0;
    return before;
  }

  /** Turns the labels, which must be in order, into the series' text. */
  private boolean labels() {
    if (!skip(SERIES) || row[limit - 1] != '}') {
      return false;
    }
    int from = 0;
    int to = 0;
    do {
      int nameFrom = at;
      if (to > 0) {
        text[textLength++] = ',';
      }
      if (!part()) {
        return false;
      }
      if (to > 0 && Arrays.compare(row, from, to, row, nameFrom, at) >= 0) {
        return false;
      }
      from = nameFrom;
      to = at;
      text[textLength++] = '=';
      if (!skip(VALUE) || !part()) {
        return false;
      }
      at++;
    } while (skip(NEXT));
    return at < limit && row[at] == '}';
  }

  /** Appends a name or value, up to its closing quote. */
  private boolean part() {
    for (; at < limit && row[at] != '"'; at++) {
      byte c = row[at];
      if (c < ' ' || c == '\\' || textLength > TEXT_CAPACITY - 4) {
        return false; // Escaped, not ASCII, or long.
      }
      if (c == ',' || c == '=' || c == ' ') {
        text[textLength++] = '\\';
      }
      text[textLength++] = c;
    }
    return at < limit;
  }

  private boolean statistics() {
    if (!skip(AVG)) {
      return false;
    }
    mean = number();
    boolean isWhole = skip(COUNT) && !upTo(',').isEmpty();
    if (!isWhole || !skip(MIN)) {
      return false;
    }
    min = number();
    if (!skip(MAX)) {
      return false;
    }
    max = number();
    return min <= mean && mean <= max;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
