package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Where a message of line protocol is being read, and the tokens from there on. */
final class InfluxCursor {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  /** Where a name ends, or has a backslash. */
  private static final boolean[] SPECIAL = new boolean[256];

  static {
    for (int c = 0; c < ' '; c++) {
      SPECIAL[c] = true;
    }
    for (char c : " ,=\\\u007F".toCharArray()) {
      SPECIAL[c] = true;
    }
  }

  private static final byte[][] BOOLEANS =
      Stream.of("t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE")
          .map(word -> word.getBytes(US_ASCII))
          .toArray(byte[][]::new);

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(256);

  private byte[] bytes = {};
  private int at;
  private int end;
  private int lineFeeds;

  /** Begins a message. */
  void open(byte[] array, int start, int length) {
    bytes = array;
    at = start;
    end = start + length;
    lineFeeds = 0;
  }

  /** The array that has the message. */
  byte[] bytes() {
    return bytes;
  }

  /** The place of the next byte in the array. */
  int at() {
    return at;
  }

  /** How many line feeds were passed. */
  int lineFeeds() {
    return lineFeeds;
  }

  /** Whether nothing is left of the message. */
  boolean isAtEnd() {
    return at == end;
  }

  /** Whether a line feed is next, perhaps behind a carriage return, or the end of the message. */
  boolean isAtLineEnd() {
    return at == end || bytes[at] == '\n' || isReturn(at);
  }

  private boolean isReturn(int i) {
    return bytes[i] == '\r' && (i + 1 == end || bytes[i + 1] == '\n');
  }

  /** Whether a character is next. */
  boolean isAt(char c) {
    return at < end && bytes[at] == c;
  }

  /** Passes a character, if it is next. */
  boolean take(char c) {
    boolean isNext = isAt(c);
    at += isNext ? 1 : 0;
    return isNext;
  }

  /** Passes blanks; false if there are none. */
  boolean takeBlanks() {
    int first = at;
    while (isAt(' ')) {
      at++;
    }
    return at > first;
  }

  /** Passes what is left of a line, and its end. */
  void takeLine() {
    while (at < end) {
      if (bytes[at++] == '\n') {
        lineFeeds++;
        return;
      }
    }
  }

  /**
   * Passes a name of a measurement, tag or field.
   *
   * @return false if it is empty
   */
  boolean takeName(boolean isMeasurement) {
    int i = at;
    for (; i < end; i++) {
      byte b = bytes[i];
      if (!SPECIAL[b & 0xFF] || (isMeasurement && b == '=')) {
        continue;
      }
      if (b != '\\') {
        break;
      }
      i += i + 1 < end && isEscapable(bytes[i + 1]) ? 1 : 0;
    }
    boolean isThere = i > at;
    at = i;
    return isThere;
  }

  private static boolean isEscapable(byte b) {
    return b == ',' || b == ' ' || b == '=';
  }

  /**
   * Passes a string and the quotes around it.
   *
   * @return false if its end is missing, and the end of the message is reached
   */
  boolean takeString() {
    for (at++; at < end; at++) {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        return true;
      }
      if (b == '\\' && at + 1 < end && (bytes[at + 1] == '"' || bytes[at + 1] == '\\')) {
        at++;
      } else if (b == '\n') {
        lineFeeds++;
      }
    }
    return false;
  }

  /** Passes what comes before a blank or the end of the line, or also before a comma. */
  void takeToken(boolean endsAtComma) {
    int i = at;
    while (i < end
        && bytes[i] != ' '
        && bytes[i] != '\n'
        && !(endsAtComma && bytes[i] == ',')
        && !isReturn(i)) {
      i++;
    }
    at = i;
  }

  /** Whether what was passed from a place on is a boolean. */
  boolean isBooleanFrom(int start) {
    for (byte[] word : BOOLEANS) {
      if (Arrays.equals(bytes, start, at, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether what was passed from a place on is UTF-8. */
  boolean isUtf8From(int start) {
    int i = start;
    while (i + Long.BYTES <= at && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < at && bytes[i] >= 0) {
      i++;
    }
    if (i == at) {
      return true;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, i, at - i);
    utf8.reset();
    CoderResult result;
    do {
      result = utf8.decode(rest, decoded.clear(), true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
