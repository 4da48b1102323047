package coarsen.pipeline.reduce;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One exact sum for each series: what {@link ExactSum} is for a window, in as few bytes as sums of
 * readings of like size need. A sum is a whole number of a few words in two's complement, in units
 * of a power of two that its first summand decides. One that outgrows its words becomes an {@link
 * ExactSum}.
 */
final class SumColumn {
  private static final short EMPTY = Short.MIN_VALUE;
  private static final short WIDE = Short.MAX_VALUE;

  private final int wordsOfOne;

  /** The unit is so many powers of two below that of the first summand. */
  private final int headroom;

  /** Sum after sum, the lowest word first. */
  private long[] words;

  /** The power of two that is a sum's unit. */
  private short[] exponents;

  private Map<Integer, ExactSum> wide;

  private SumColumn(int wordsOfOne, int headroom, int capacity) {
    this.wordsOfOne = wordsOfOne;
    this.headroom = headroom;
    words = new long[capacity * wordsOfOne];
    exponents = new short[capacity];
    Arrays.fill(exponents, EMPTY);
    wide = Map.of();
  }

  /** Sums of doubles: 126 bits, 53 of which are the first one's, with 24 below and 49 above it. */
  static SumColumn ofValues(int capacity) {
    return new SumColumn(2, 24, capacity);
  }

  /** Sums of squares of doubles: 190 bits, 106 of which are the first one's, with 48 below it. */
  static SumColumn ofSquares(int capacity) {
    return new SumColumn(3, 48, capacity);
  }

  void setCapacity(int capacity) {
    int before = exponents.length;
    words = Arrays.copyOf(words, capacity * wordsOfOne);
    exponents = Arrays.copyOf(exponents, capacity);
    if (capacity > before) {
      Arrays.fill(exponents, before, capacity, EMPTY);
    }
  }

  /** A column with the same sums, which is changed apart. */
  SumColumn copy() {
    var copy = new SumColumn(wordsOfOne, headroom, 0);
    copy.words = words.clone();
    copy.exponents = exponents.clone();
    if (!wide.isEmpty()) {
      copy.wide = new HashMap<>();
      wide.keySet().forEach(row -> copy.wide.put(row, sum(row)));
    }
    return copy;
  }

  /** Adds a finite value to a sum. */
  void add(int row, double value) {
    long bits = Double.doubleToRawLongBits(value);
    add(row, 0, ExactSum.mantissa(bits), ExactSum.exponent(bits), bits < 0);
  }

  /** Adds the square of a finite value to a sum. */
  void addSquare(int row, double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = ExactSum.mantissa(bits);
    add(
        row,
        Math.multiplyHigh(mantissa, mantissa),
        mantissa * mantissa,
        2 * ExactSum.exponent(bits),
        false);
  }

  /** Adds a sum of another column of the same kind. */
  void add(int row, SumColumn other, int otherRow) {
    short exponent = other.exponents[otherRow];
    if (exponent == EMPTY) {
      return;
    }
    if (exponent == WIDE || exponents[row] == WIDE) {
      addWide(row, other.sum(otherRow));
    } else if (exponents[row] == EMPTY) {
      System.arraycopy(other.words, otherRow * wordsOfOne, words, row * wordsOfOne, wordsOfOne);
      exponents[row] = exponent;
    } else {
      long[] summand =
          Arrays.copyOfRange(other.words, otherRow * wordsOfOne, (otherRow + 1) * wordsOfOne);
      int shift = exponent - exponents[row];
      if (shift < 0 ? lower(row, -shift) : shiftLeft(summand, 0, shift)) {
        addWords(row, summand);
      } else {
        addWide(row, other.sum(otherRow));
      }
    }
  }

  /** A sum. */
  ExactSum sum(int row) {
    return switch (exponents[row]) {
      case EMPTY -> new ExactSum();
      case WIDE -> wideSum(row);
      default -> ExactSum.ofUnits(units(row), exponents[row]);
    };
  }

  private ExactSum wideSum(int row) {
    var copy = new ExactSum();
    copy.add(Objects.requireNonNull(wide.get(row)));
    return copy;
  }

  /** Appends the first sums. */
  void encode(int rows, ByteBuffer to) {
    to.asLongBuffer().put(words, 0, rows * wordsOfOne);
    to.position(to.position() + rows * wordsOfOne * Long.BYTES);
    to.asShortBuffer().put(exponents, 0, rows);
    to.position(to.position() + rows * Short.BYTES);
    to.putInt(wide.size());
    wide.forEach(
        (row, sum) -> {
          byte[] units = sum.units().toByteArray();
          to.putInt(row).putInt(sum.exponent()).putInt(units.length).put(units);
        });
  }

  /** How many bytes {@link #encode} appends. */
  int encodedSize(int rows) {
    int size = rows * (wordsOfOne * Long.BYTES + Short.BYTES) + Integer.BYTES;
    for (ExactSum sum : wide.values()) {
      size += 3 * Integer.BYTES + sum.units().toByteArray().length;
    }
    return size;
  }

  /** Reads what {@link #encode} appended into this column, which has room for just these sums. */
  void decode(ByteBuffer from) {
    from.asLongBuffer().get(words);
    from.position(from.position() + words.length * Long.BYTES);
    from.asShortBuffer().get(exponents);
    from.position(from.position() + exponents.length * Short.BYTES);
    for (int left = from.getInt(); left > 0; left--) {
      int row = from.getInt();
      int exponent = from.getInt();
      byte[] units = new byte[from.getInt()];
      from.get(units);
      exponents[row] = EMPTY;
      addWide(row, ExactSum.ofUnits(new BigInteger(units), exponent));
    }
  }

  /** Adds ± (high · 2^64 + low) · 2^exponent; at most 106 bits. */
  private void add(int row, long high, long low, int exponent, boolean isNegative) {
    if ((high | low) == 0) {
      return;
    }
    if (exponents[row] == EMPTY) {
      exponents[row] = (short) Math.max(ExactSum.LOWEST_EXPONENT, exponent - headroom);
    }
    int bits = high == 0 ? Long.SIZE - Long.numberOfLeadingZeros(low) : bits(high);
    int shift = exponent - exponents[row];
    if (exponents[row] == WIDE
        || (shift < 0 && !lower(row, -shift))
        || Math.max(0, shift) + bits > capacityBits()) {
      addWide(row, exact(high, low, exponent, isNegative));
      return;
    }
    shift = Math.max(0, shift);
    int up = shift % Long.SIZE;
    long middle = up == 0 ? high : (high << up) | (low >>> (Long.SIZE - up));
    long top = up == 0 ? 0 : high >>> (Long.SIZE - up);
    int word = row * wordsOfOne + shift / Long.SIZE;
    int end = (row + 1) * wordsOfOne;
    long carry = addWord(word, low << up, 0, isNegative);
    if (word + 1 < end) {
      carry = addWord(word + 1, middle, carry, isNegative);
    }
    if (word + 2 < end) {
      carry = addWord(word + 2, top, carry, isNegative);
    }
    widenIfFull(row);
  }

  private static int bits(long high) {
    return 2 * Long.SIZE - Long.numberOfLeadingZeros(high);
  }

  private static ExactSum exact(long high, long low, int exponent, boolean isNegative) {
    BigInteger magnitude =
        new BigInteger(1, ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
    return ExactSum.ofUnits(isNegative ? magnitude.negate() : magnitude, exponent);
  }

  /** Adds to a word, or subtracts from it; returns the carry, or the borrow. */
  private long addWord(int word, long summand, long carry, boolean isNegative) {
    long before = words[word];
    if (isNegative) {
      long after = before - summand - carry;
      words[word] = after;
      return ((~before & summand) | ((~before | summand) & after)) >>> 63;
    }
    long after = before + summand + carry;
    words[word] = after;
    return ((before & summand) | ((before | summand) & ~after)) >>> 63;
  }

  private void addWords(int row, long[] summand) {
    long carry = 0;
    for (int i = 0; i < wordsOfOne; i++) {
      carry = addWord(row * wordsOfOne + i, summand[i], carry, false);
    }
    widenIfFull(row);
  }

  /** Both summands had a bit to spare, so that their sum is right, but it may have none. */
  private void widenIfFull(int row) {
    long top = words[(row + 1) * wordsOfOne - 1];
    if ((top ^ (top << 1)) < 0) {
      addWide(row, new ExactSum());
    }
  }

  /** A magnitude of so many bits leaves one to spare beside the sign's. */
  private int capacityBits() {
    return wordsOfOne * Long.SIZE - 2;
  }

  /** Lowers the power of two that is a sum's unit; false, and no change, if it has no room. */
  private boolean lower(int row, int by) {
    if (!shiftLeft(words, row * wordsOfOne, by)) {
      return false;
    }
    exponents[row] -= (short) by;
    return true;
  }

  /** Shifts a number of this column's words; false, and no change, if it has no room. */
  private boolean shiftLeft(long[] number, int first, int by) {
    if (bitLength(number, first) + by > capacityBits()) {
      return false;
    }
    int up = by % Long.SIZE;
    int over = by / Long.SIZE;
    for (int i = first + wordsOfOne - 1; i >= first; i--) {
      long word = i - over < first ? 0 : number[i - over];
      long below = i - over - 1 < first ? 0 : number[i - over - 1];
      number[i] = up == 0 ? word : (word << up) | (below >>> (Long.SIZE - up));
    }
    return true;
  }

  /** Bits of a number without its sign's. */
  private int bitLength(long[] number, int first) {
    long sign = number[first + wordsOfOne - 1] >> (Long.SIZE - 1);
    for (int i = wordsOfOne - 1; i >= 0; i--) {
      long word = number[first + i] ^ sign;
      if (word != 0) {
        return (i + 1) * Long.SIZE - Long.numberOfLeadingZeros(word);
      }
    }
    return 0;
  }

  private BigInteger units(int row) {
    var bytes = ByteBuffer.allocate(wordsOfOne * Long.BYTES);
    for (int i = wordsOfOne - 1; i >= 0; i--) {
      bytes.putLong(words[row * wordsOfOne + i]);
    }
    return new BigInteger(bytes.array());
  }

  private void addWide(int row, ExactSum summand) {
    if (wide.isEmpty()) {
      wide = new HashMap<>();
    }
    ExactSum sum = sum(row);
    sum.add(summand);
    wide.put(row, sum);
    exponents[row] = WIDE;
  }
}
