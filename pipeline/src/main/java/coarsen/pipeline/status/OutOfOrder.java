package coarsen.pipeline.status;

import coarsen.pipeline.batch.DisorderSteps;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far readings came behind the greatest event time of their partition, as a histogram over
 * {@link DisorderSteps}, with advice on {@code --maxOutOfOrder}.
 */
public final class OutOfOrder {
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

  /** Readings that were out of order. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The step, in microseconds, that the given share of those out of order did not exceed. */
  public long quantileMicros(double share) {
    double wanted = share * count();
    long soFar = 0;
    for (var entry : counts.entrySet()) {
      soFar += entry.getValue();
      if (soFar >= wanted) {
        return DisorderSteps.micros(entry.getKey());
      }
    }
    return 0;
  }

  /** The share of all readings that came more than so many microseconds, a step, behind. */
  public double shareBehind(long micros) {
    long behind =
        counts.tailMap(DisorderSteps.of(micros), false).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    return readings == 0 ? 0 : (double) behind / readings;
  }

  /** For people, two lines; the second is advice. */
  @Override
  public String toString() {
    if (readings == 0) {
      return "no readings, so no advice on --maxOutOfOrder";
    }
    if (count() == 0) {
      return "no reading was out of order; --maxOutOfOrder could be 0s (measured on this run)";
    }
    return String.format(
            Locale.ROOT,
            "%,d readings were out of order, by p50 %s, p99 %s, at most %s",
            count(),
            seconds(quantileMicros(0.5)),
            seconds(quantileMicros(0.99)),
            seconds(maxMillis * 1_000))
        + "\n  measured on this run, of all readings --maxOutOfOrder=1s leaves %s to corrections, 2s %s, 5s %s"
            .formatted(share(1_000_000), share(2_000_000), share(5_000_000))
        + advice();
  }

  private String advice() {
    for (int step = 0; step < DisorderSteps.count(); step++) {
      long micros = DisorderSteps.micros(step);
      if (shareBehind(micros) <= LEFT) {
        return "; %s would leave %s".formatted(seconds(micros), share(micros));
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
}
