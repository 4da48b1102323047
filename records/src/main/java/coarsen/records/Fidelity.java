package coarsen.records;

/**
 * How well reduced rows represent the readings, computed from the rows alone. Each window is added
 * once: of several rows of a window, the newest. Not thread-safe.
 */
public final class Fidelity {
  private static final double SPIKE_DEVIATIONS = 4;

  private long windows;
  private long readings;
  private double squaredErrors;
  private long spikes;
  private double worstDeviation = -1;
  private long worstStartMicros;

  /** Without a row. */
  public Fidelity() {}

  /** With the rows of another one so far. */
  public Fidelity(Fidelity other) {
    windows = other.windows;
    readings = other.readings;
    squaredErrors = other.squaredErrors;
    spikes = other.spikes;
    worstDeviation = other.worstDeviation;
    worstStartMicros = other.worstStartMicros;
  }

  /** Adds the newest row of a window. */
  public void add(WindowSummary row) {
    Aggregates values = row.values();
    double deviation = values.standardDeviation();
    windows++;
    readings += row.count();
    squaredErrors += row.count() * deviation * deviation;
    if (deviation > worstDeviation) {
      worstDeviation = deviation;
      worstStartMicros = row.startMicros();
    }
    double extreme = Math.max(values.max() - values.mean(), values.mean() - values.min());
    if (extreme > SPIKE_DEVIATIONS * deviation) {
      spikes++;
    }
  }

  /** Rows added. */
  public long windows() {
    return windows;
  }

  /** Readings in them. */
  public long readings() {
    return readings;
  }

  /** The reduction ratio: readings per row; NaN without a row. */
  public double readingsPerRow() {
    return (double) readings / windows;
  }

  /**
   * The root-mean-square error of replacing each reading by its window's mean, in the readings'
   * unit: the root of the mean of the windows' variances, weighted by their counts. NaN without a
   * row.
   */
  public double meanError() {
    return Math.sqrt(squaredErrors / readings);
  }

  /**
   * The greatest standard deviation of a window, in the readings' unit.
   *
   * @throws IllegalStateException without a row
   */
  public double worstDeviation() {
    checkNotEmpty();
    return worstDeviation;
  }

  /**
   * The start of the window with the greatest standard deviation; of several, the first added.
   *
   * @return microseconds since 1970
   * @throws IllegalStateException without a row
   */
  public long worstStartMicros() {
    checkNotEmpty();
    return worstStartMicros;
  }

  /** Windows that hide a spike: an extreme more than 4 standard deviations from the mean. */
  public long spikes() {
    return spikes;
  }

  private void checkNotEmpty() {
    if (windows == 0) {
      throw new IllegalStateException("no window has been added");
    }
  }
}
