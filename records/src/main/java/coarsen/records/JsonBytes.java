package coarsen.records;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reusable buffer for JSON text. Jackson's generator costs four times as much for rows as short
 * as ours, and a row is written for every reading.
 */
public final class JsonBytes {
  private static final double EXACT_LONGS = 1e15;

  private byte[] bytes;
  private int length;

  /** An empty buffer with an initial capacity in bytes. */
  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Removes the text and keeps the capacity. */
  public void clear() {
    length = 0;
  }

  /** Length of the text in bytes. */
  public int length() {
    return length;
  }

  /** Ends a line. */
  public void newLine() {
    raw('\n');
  }

  /** A copy of the text. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** A copy of the bytes from {@code start} to {@code end}, exclusive. */
  public byte[] toBytes(int start, int end) {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** Writes the text to a stream. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Appends ASCII characters as they are. */
  public void raw(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Appends bytes as they are. */
  void raw(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** Appends an ASCII character as it is. */
  public void raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  /** Appends a quoted, escaped string. */
  public void string(String text) {
    raw('"');
    byte[] encoded = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    raw('"');
  }

  /** Appends an event time in microseconds since 1970 as a quoted string. */
  public void time(long micros) {
    raw('"');
    EventTime.write(micros, this);
    raw('"');
  }

  /** Appends a value that is not negative, padded with zeros to {@code width} digits. */
  void digits(int value, int width) {
    reserve(width);
    int rest = value;
    for (int i = length + width - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
  }

  /** Appends a whole number. */
  public void number(long value) {
    reserve(20);
    length = NumberOutput.outputLong(value, bytes, length);
  }

  /**
   * Appends a finite number with the fewest digits that parse to the same double; a whole number
   * has no fraction.
   */
  public void number(double value) {
    if (Math.abs(value) < EXACT_LONGS && value == (long) value) {
      number((long) value);
    } else {
      raw(fraction(value));
    }
  }

  private static String fraction(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number " + value);
    }
    String shortest = NumberOutput.toString(value, true);
    if (shortest.indexOf('E') < 0) {
      return shortest;
    }
    double magnitude = Math.abs(value);
    if (magnitude >= 1e-7 && magnitude < 1e21) {
      return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    }
    return shortest.replace(".0E", "E");
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
