package coarsen.testbed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for faults in a generated stream. */
final class FaultOptions {
  private static final double DEFAULT_DISORDER_SHARE = 0.05;
  private static final Duration DEFAULT_LATE_BY = Duration.ofHours(1);

  @Option(
      names = "--disorder",
      paramLabel = "DURATION",
      description = "Fault: event times moved back by at most this, such as 8s.")
  private @Nullable Duration disorder;

  @Option(
      names = "--disorderShare",
      paramLabel = "S",
      description = "With --disorder, the share of such readings (default: 0.05).")
  private @Nullable Double disorderShare;

  @Option(
      names = "--lateShare",
      paramLabel = "S",
      defaultValue = "0",
      description = "Fault: event times moved back by --lateBy.")
  private double lateShare;

  @Option(
      names = "--lateBy",
      paramLabel = "DURATION",
      description = "With --lateShare; more than the pipeline waits (default: 1h).")
  private @Nullable Duration lateBy;

  @Option(
      names = "--malformedShare",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "Fault: messages that are not readings, including tombstones; with --series, some lack"
              + " a device.")
  private double malformedShare;

  @Option(
      names = "--futureShare",
      paramLabel = "S",
      defaultValue = "0",
      description = "Fault: event times a day from now.")
  private double futureShare;

  /**
   * The faults.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  Faults faults() {
    requireOther(disorderShare == null || disorder != null, "--disorderShare", "--disorder");
    requireOther(lateBy == null || lateShare > 0, "--lateBy", "--lateShare");
    double share = disorderShare == null ? DEFAULT_DISORDER_SHARE : disorderShare;
    return new Faults(
        disorder == null ? Duration.ZERO : disorder,
        disorder == null ? 0 : share,
        lateShare,
        lateBy == null ? DEFAULT_LATE_BY : lateBy,
        malformedShare,
        futureShare);
  }

  /** Refuses an option that only has an effect together with another. */
  static void requireOther(boolean satisfied, String option, String other) {
    if (!satisfied) {
      throw new IllegalArgumentException(option + " has no effect without " + other);
    }
  }
}
