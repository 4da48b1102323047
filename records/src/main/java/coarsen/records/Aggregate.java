package coarsen.records;

/**
 * A value that a reduced row holds of its window's readings, besides their count. Rows, the tables
 * of {@code show} and this enum have them in the same order. To add one, add a constant here and
 * its computation to the pipeline's {@code Summary}.
 */
public enum Aggregate {
  /** The mean, correctly rounded. */
  MEAN("avg_value", false),
  /** The smallest reading. */
  MIN("min_value", true),
  /** The largest reading. */
  MAX("max_value", true),
  /** The population's standard deviation. */
  STANDARD_DEVIATION("stddev_value", false);

  private final String fieldName;
  private final boolean isReading;

  Aggregate(String fieldName, boolean isReading) {
    this.fieldName = fieldName;
    this.isReading = isReading;
  }

  /** The field in JSON; also the column's name in tables. */
  public String fieldName() {
    return fieldName;
  }

  /**
   * Whether the value is one of the readings. Others are computed, so most of their digits are of
   * no interest to people.
   */
  public boolean isReading() {
    return isReading;
  }
}
