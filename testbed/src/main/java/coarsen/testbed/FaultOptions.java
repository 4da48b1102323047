package coarsen.testbed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what goes wrong in a generated stream. */
final class FaultOptions {
  private static final double DEFAULT_DISORDER_SHARE = 0.05;
  private static final Duration DEFAULT_LATE_BY = Duration.ofHours(1);

  @Option(
      names = "--disorder",
      paramLabel = "DURATION",
      description = "Fault: event times moved back by up to this, as 8s.")
  private @Nullable Duration disorder;

  @Option(
      names = "--disorderShare",
      paramLabel = "S",
      description = "With --disorder, of how many (default: 0.05).")
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
      description = "With --lateShare; more than the pipeline allows (default: 1h).")
  private @Nullable Duration lateBy;

  @Option(
      names = "--malformedShare",
      paramLabel = "S",
      defaultValue = "0",
      description = "Fault: messages that are no readings, tombstones too.")
  private double malformedShare;

  @Option(
      names = "--futureShare",
      paramLabel = "S",
      defaultValue = "0",
      description = "Fault: event times a day from now.")
  private double futureShare;

  /** The faults; an {@link IllegalArgumentException} says which option is wrong. */
  Faults faults() {
    need(disorderShare == null || disorder != null, "--disorderShare", "--disorder");
    need(lateBy == null || lateShare > 0, "--lateBy", "--lateShare");
    double moved = disorderShare == null ? DEFAULT_DISORDER_SHARE : disorderShare;
    return new Faults(
        disorder == null ? Duration.ZERO : disorder,
        disorder == null ? 0 : moved,
        lateShare,
        lateBy == null ? DEFAULT_LATE_BY : lateBy,
        malformedShare,
        futureShare);
  }

  static void need(boolean given, String option, String other) {
    if (!given) {
      throw new IllegalArgumentException(option + " does nothing without " + other);
    }
  }
}
