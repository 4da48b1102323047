package coarsen.viewer;

import coarsen.command.Durations;
import coarsen.viewer.verify.Rules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that repeat the rules of event time of the run. */
final class RulesOptions {
  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "Length that every window must have (default: that of the first row).")
  private @Nullable Duration window;

  @Option(
      names = "--maxOutOfOrder",
      defaultValue = "2s",
      paramLabel = "TIME",
      description = "The run's, to check which readings were late (default: ${DEFAULT-VALUE}).")
  private Duration maxOutOfOrder = Duration.ZERO;

  @Option(
      names = "--allowedLateness",
      defaultValue = "10m",
      paramLabel = "TIME",
      description = "The run's, likewise (default: ${DEFAULT-VALUE}).")
  private Duration allowedLateness = Duration.ZERO;

  @Option(
      names = "--maxFutureSkew",
      defaultValue = "1m",
      paramLabel = "TIME",
      description = "The run's, likewise, or off (default: ${DEFAULT-VALUE}).")
  private String maxFutureSkew = "";

  Rules rules() {
    return new Rules(
        window,
        maxOutOfOrder,
        allowedLateness,
        Durations.parseUnlessOff("--maxFutureSkew", maxFutureSkew));
  }
}
