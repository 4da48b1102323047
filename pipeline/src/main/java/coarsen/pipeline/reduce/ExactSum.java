package coarsen.pipeline.reduce;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles, or of their squares, without any rounding: so it does not depend on the order
 * in which it was added and merged, to the last digit, and cannot overflow. Fixed point in limbs of
 * 32 bits (a superaccumulator; R. Neal, "Fast exact summation using small and large
 * superaccumulators", 2015); only the limbs in use are kept, four to six for readings of like size.
 */
final class ExactSum {
  private static final long LIMB = 0xFFFF_FFFFL;
  private static final int LIMB_BITS = 32;
  private static final int LIMBS_OF_AN_ADD = 3;

  /** The exponent of limb 0's lowest bit: that of the square of the least double. */
  static final int LOWEST_EXPONENT = 2 * (Double.MIN_EXPONENT - 52);

  /** An add changes a limb by less than 2^34, so this many fit in a long's 63 bits. */
  private static final int ADDS_BEFORE_CARRY = 1 << 28;

  private int base;
  private long[] limbs = new long[0];
  private int adds;

  /** Adds a finite value. */
  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    addShifted(mantissa(bits), exponent(bits), bits < 0);
  }

  /** Adds the square of a finite value. */
  void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = mantissa(bits);
    int exponent = 2 * exponent(bits);
    long high = mantissa >>> 27;
    long low = mantissa & ((1 << 27) - 1);
    addShifted(high * high, exponent + 54, false);
    addShifted(high * low, exponent + 28, false);
    addShifted(low * low, exponent, false);
  }

  /** Adds another sum. */
  void add(ExactSum other) {
    if (other.limbs.length == 0) {
      return;
    }
    if (adds + other.adds + 1 >= ADDS_BEFORE_CARRY) {
      carry();
      other.carry();
    }
    cover(other.base, other.base + other.limbs.length);
    for (int i = 0; i < other.limbs.length; i++) {
      limbs[other.base - base + i] += other.limbs[i];
    }
    adds += other.adds + 1;
  }

  /** The sum in units of two to the power of {@link #exponent}. */
  BigInteger units() {
    BigInteger units = BigInteger.ZERO;
    for (int i = limbs.length - 1; i >= 0; i--) {
      units = units.shiftLeft(LIMB_BITS).add(BigInteger.valueOf(limbs[i]));
    }
    return units;
  }

  /** See {@link #units}. */
  int exponent() {
    return LOWEST_EXPONENT + LIMB_BITS * base;
  }

  /** The sum that is so many units of two to the power of an exponent from the lowest on. */
  static ExactSum ofUnits(BigInteger units, int exponent) {
    int above = Math.floorMod(exponent - LOWEST_EXPONENT, LIMB_BITS);
    return of(units.shiftLeft(above), exponent - above);
  }

  /** The sum that has these {@link #units} and this {@link #exponent}. */
  static ExactSum of(BigInteger units, int exponent) {
    var sum = new ExactSum();
    sum.base = (exponent - LOWEST_EXPONENT) / LIMB_BITS;
    BigInteger rest = units.abs();
    sum.limbs = new long[(rest.bitLength() + LIMB_BITS - 1) / LIMB_BITS];
    for (int i = 0; i < sum.limbs.length; i++) {
      long limb = rest.longValue() & LIMB;
      sum.limbs[i] = units.signum() < 0 ? -limb : limb;
      rest = rest.shiftRight(LIMB_BITS);
    }
    return sum;
  }

  private void addShifted(long magnitude, int exponent, boolean negative) {
    if (magnitude == 0) {
      return;
    }
    if (++adds >= ADDS_BEFORE_CARRY) {
      carry();
    }
    int position = exponent - LOWEST_EXPONENT;
    int limb = position / LIMB_BITS;
    int shift = position % LIMB_BITS;
    cover(limb, limb + LIMBS_OF_AN_ADD);
    long low = (magnitude & LIMB) << shift;
    long high = (magnitude >>> LIMB_BITS) << shift;
    int i = limb - base;
    if (negative) {
      limbs[i] -= low & LIMB;
      limbs[i + 1] -= (low >>> LIMB_BITS) + (high & LIMB);
      limbs[i + 2] -= high >>> LIMB_BITS;
    } else {
      limbs[i] += low & LIMB;
      limbs[i + 1] += (low >>> LIMB_BITS) + (high & LIMB);
      limbs[i + 2] += high >>> LIMB_BITS;
    }
  }

  /** Makes room for limbs {@code from} to {@code to}, exclusive. */
  private void cover(int from, int to) {
    if (limbs.length == 0) {
      base = from;
      limbs = new long[to - from];
    } else if (from < base) {
      long[] wider = new long[base - from + limbs.length];
      System.arraycopy(limbs, 0, wider, base - from, limbs.length);
      limbs = wider;
      base = from;
    }
    if (to > base + limbs.length) {
      limbs = Arrays.copyOf(limbs, to - base);
    }
  }

  /** Brings every limb but the last below 2^32. */
  private void carry() {
    BigInteger units = units();
    ExactSum same = of(units, exponent());
    limbs = same.limbs;
    adds = 0;
  }

  /** The magnitude of a finite double, by its bits, in units of {@link #exponent(long)}. */
  static long mantissa(long bits) {
    long fraction = bits & ((1L << 52) - 1);
    return exponentField(bits) == 0 ? fraction : fraction | 1L << 52;
  }

  /** The power of two that is the last place of a finite double, by its bits. */
  static int exponent(long bits) {
    return Math.max(1, exponentField(bits)) - 1075;
  }

  private static int exponentField(long bits) {
    return (int) (bits >>> 52) & 0x7FF;
  }
}
