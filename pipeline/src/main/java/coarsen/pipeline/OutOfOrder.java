package coarsen.pipeline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far readings came behind the greatest event time of their partition, as a histogram whose
 * steps are ten to a decade (Renard's R10 series) from 1 ms to some 12 days.
 */
final class OutOfOrder {
  private static final double[] DECADE = {1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8};
  private static final int DECADES = 9;
  private static final long[] STEPS_MICROS = steps();

  /** The share of readings that may be left to a correction by the advice. */
  private static final double LEFT = 0.001;

  private final NavigableMap<Integer, Long> counts;
  private final long readings;
  private final long maxMillis;

  /**
   * A histogram.
   *
   * @param counts by step
   * @param readings all readings, in order or not
   * @param maxMillis how far behind the last one was
   */
  OutOfOrder(NavigableMap<Integer, Long> counts, long readings, long maxMillis) {
    this.counts = new TreeMap<>(counts);
    this.readings = readings;
    this.maxMillis = maxMillis;
  }

  /** The step that a distance belongs to: the least that is not exceeded by it. */
  static int step(long micros) {
    int step = Arrays.binarySearch(STEPS_MICROS, micros);
    return Math.min(step < 0 ? -step - 1 : step, STEPS_MICROS.length - 1);
  }

  /** Readings that were out of order. */
  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The step, in microseconds, that the given share of those out of order did not exceed. */
  long quantileMicros(double share) {
    double wanted = share * count();
    long soFar = 0;
    for (var entry : counts.entrySet()) {
      soFar += entry.getValue();
      if (soFar >= wanted) {
        return STEPS_MICROS[entry.getKey()];
      }
    }
    return 0;
  }

  /** The share of all readings that came more than so many microseconds, a step, behind. */
  double shareBehind(long micros) {
    long behind =
        counts.tailMap(step(micros), false).values().stream().mapToLong(Long::longValue).sum();
    return readings == 0 ? 0 : (double) behind / readings;
  }

  /** For people, two lines; the second is advice. */
  @Override
  public String toString() {
    if (readings == 0) {
      return "nothing to say of --maxOutOfOrder";
    }
    if (count() == 0) {
      return "no reading was out of order; --maxOutOfOrder could be 0s (measured on this run)";
    }
    return "%,d readings were out of order, by p50 %s, p99 %s, at most %s"
            .formatted(
                count(),
                seconds(quantileMicros(0.5)),
                seconds(quantileMicros(0.99)),
                seconds(maxMillis * 1_000))
        + "\n  measured on this run, of all readings --maxOutOfOrder=1s leaves %s to corrections, 2s %s, 5s %s"
            .formatted(share(1_000_000), share(2_000_000), share(5_000_000))
        + advice();
  }

  private String advice() {
    for (long step : STEPS_MICROS) {
      if (shareBehind(step) <= LEFT) {
        return "; %s would leave %s".formatted(seconds(step), share(step));
      }
    }
    return "";
  }

  private String share(long micros) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * shareBehind(micros));
  }

  private static String seconds(long micros) {
    return micros < 1_000_000
        ? (micros + 999) / 1_000 + "ms"
        : new BigDecimal(micros)
                .movePointLeft(6)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString()
            + "s";
  }

  private static long[] steps() {
    long[] steps = new long[DECADE.length * DECADES];
    double scale = 1_000;
    for (int decade = 0; decade < DECADES; decade++, scale *= 10) {
      for (int i = 0; i < DECADE.length; i++) {
        steps[decade * DECADE.length + i] = Math.round(DECADE[i] * scale);
      }
    }
    return steps;
  }
}
