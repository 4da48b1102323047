package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigInteger;

/**
 * A number of line protocol: {@code 12}, {@code -1.5e3}, {@code 1.}, {@code .5}, the integer {@code
 * 12i} and the unsigned {@code 12u}. Holds the last one that was read.
 */
final class InfluxNumber {
  /** So many digits are a long without a sign, whatever they are. */
  private static final int DIGITS_OF_LONG = 19;

  private static final int MAX_EXPONENT = 100_000;
  private static final long EXACT_MANTISSA = 1L << 53;

  /** The powers of ten that are doubles. */
  private static final double[] EXACT_POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };

  private byte[] text = {};
  private int start;
  private int end;
  private boolean isNegative;
  private boolean hasFraction;
  private char suffix;

  /**
   * Its first {@link #DIGITS_OF_LONG} digits that are not leading zeros, as a long without sign.
   */
  private long mantissa;

  /** Digits that are not leading zeros. */
  private int digits;

  /** The power of ten by which all of its digits are to be multiplied. */
  private int exponent;

  /** Whether a part of an array is a number; then the other methods are about it. */
  boolean read(byte[] bytes, int from, int to) {
    text = bytes;
    start = from;
    mantissa = 0;
    digits = 0;
    exponent = 0;
    suffix = 0;
    isNegative = from < to && bytes[from] == '-';
    int first = isNegative ? from + 1 : from;
    int i = digits(first, to);
    int counted = i - first;
    hasFraction = i < to && bytes[i] == '.';
    if (hasFraction) {
      int point = i;
      i = digits(point + 1, to);
      exponent = point + 1 - i;
      counted += i - point - 1;
    }
    if (counted == 0) {
      return false;
    }
    end = i;
    if (i == to) {
      return true;
    }
    if (bytes[i] == 'e' || bytes[i] == 'E') {
      hasFraction = true;
      end = to;
      return exponent(i + 1, to);
    }
    suffix = (char) bytes[i];
    return i + 1 == to && !hasFraction && (suffix == 'i' || (suffix == 'u' && !isNegative));
  }

  /** Counts digits, and returns where they end. */
  private int digits(int from, int to) {
    byte[] bytes = text;
    long number = mantissa;
    int count = digits;
    int i = from;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (count < DIGITS_OF_LONG) {
        number = number * 10 + digit;
      }
      count += count > 0 || digit > 0 ? 1 : 0;
    }
    mantissa = number;
    digits = count;
    return i;
  }

  private boolean exponent(int from, int to) {
    boolean isSigned = from < to && (text[from] == '-' || text[from] == '+');
    int first = isSigned ? from + 1 : from;
    int power = 0;
    for (int i = first; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      power = Math.min(MAX_EXPONENT, power * 10 + digit);
    }
    exponent += isSigned && text[from] == '-' ? -power : power;
    return first < to;
  }

  /** Whether it is digits alone, perhaps with a minus before them, and no kind of number behind. */
  boolean isPlainInteger() {
    return !hasFraction && suffix == 0;
  }

  /** Whether it is an integer, by its kind or as it stands, that is beyond 64 bits. */
  boolean isBeyond64Bits() {
    if (hasFraction || digits < DIGITS_OF_LONG) {
      return false;
    }
    if (suffix == 'u') {
      return digits > DIGITS_OF_LONG && new BigInteger(digits()).bitLength() > Long.SIZE;
    }
    long greatest = isNegative ? Long.MIN_VALUE : Long.MAX_VALUE;
    return digits > DIGITS_OF_LONG || Long.compareUnsigned(mantissa, greatest) > 0;
  }

  /** Whether its kind is one of integers. */
  boolean isIntegerKind() {
    return suffix != 0;
  }

  /** An integer that is not beyond 64 bits and not an unsigned one. */
  long integer() {
    return isNegative ? -mantissa : mantissa;
  }

  /** The nearest double; infinite where the number is beyond the doubles. Minus zero is zero. */
  double value() {
    if (digits == 0) {
      return 0;
    }
    // Where both factors are doubles the result is rounded once.
    int power = Math.abs(exponent);
    boolean isExact = mantissa >= 0 && mantissa <= EXACT_MANTISSA && power < EXACT_POWERS.length;
    if (isExact || (exponent == 0 && digits < DIGITS_OF_LONG)) {
      double value = exponent < 0 ? mantissa / EXACT_POWERS[power] : mantissa * EXACT_POWERS[power];
      return isNegative ? -value : value;
    }
    return NumberInput.parseDouble(digits(), true) + 0.0; // Makes -0.0 a 0.
  }

  private String digits() {
    return new String(text, start, end - start, ISO_8859_1);
  }
}
