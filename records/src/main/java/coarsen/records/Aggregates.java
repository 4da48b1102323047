package coarsen.records;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** One finite value for each {@link Aggregate}. Immutable. */
@SuppressWarnings("EnumOrdinal") // Used as an index only, and never stored.
public final class Aggregates {
  private static final Aggregate[] ALL = Aggregate.values();

  /** By ordinal: each window in memory has one, and a map is several times as large. */
  private final double[] values;

  private Aggregates(double[] values) {
    this.values = values;
  }

  /**
   * Asks for the value of each aggregate once, in the order of the enum.
   *
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Aggregates of(ToDoubleFunction<Aggregate> valueOf) {
    double[] values = new double[ALL.length];
    for (Aggregate aggregate : ALL) {
      double value = valueOf.applyAsDouble(aggregate);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(aggregate.fieldName() + " is not finite: " + value);
      }
      values[aggregate.ordinal()] = value;
    }
    return new Aggregates(values);
  }

  /** The value of one aggregate. */
  public double get(Aggregate aggregate) {
    return values[aggregate.ordinal()];
  }

  /** The mean, correctly rounded. */
  public double mean() {
    return get(Aggregate.MEAN);
  }

  /** The smallest reading. */
  public double min() {
    return get(Aggregate.MIN);
  }

  /** The largest reading. */
  public double max() {
    return get(Aggregate.MAX);
  }

  /** The population's standard deviation. */
  public double standardDeviation() {
    return get(Aggregate.STANDARD_DEVIATION);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Aggregates aggregates && Arrays.equals(values, aggregates.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    var text = new StringJoiner(", ", "{", "}");
    for (Aggregate aggregate : ALL) {
      text.add(aggregate.fieldName() + "=" + get(aggregate));
    }
    return text.toString();
  }
}
