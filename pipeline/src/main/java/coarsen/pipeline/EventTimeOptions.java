package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.Durations;
import coarsen.pipeline.time.EventTimeRules;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that set the rules of event time. */
final class EventTimeOptions {
  @Option(
      names = "--window",
      defaultValue = "5s",
      paramLabel = "TIME",
      description = "Length of a window (default: ${DEFAULT-VALUE}).")
  private Duration window = Duration.ZERO;

  @Option(
      names = "--maxOutOfOrder",
      defaultValue = "2s",
      paramLabel = "TIME",
      description = "How long a window waits for stragglers (default: ${DEFAULT-VALUE}).")
  private Duration maxOutOfOrder = Duration.ZERO;

  @Option(
      names = "--allowedLateness",
      defaultValue = "10m",
      paramLabel = "TIME",
      description = "How long a window can be corrected (default: ${DEFAULT-VALUE}).")
  private Duration allowedLateness = Duration.ZERO;

  @Option(
      names = "--maxFutureSkew",
      defaultValue = "1m",
      paramLabel = "TIME",
      description = "How far a reading may be ahead of its Kafka time, or off (default: 1m).")
  private String maxFutureSkew = "";

  @Option(
      names = "--idleTimeout",
      defaultValue = "30s",
      paramLabel = "TIME",
      description = "How long a quiet partition holds back the others (default: ${DEFAULT-VALUE}).")
  private Duration idleTimeout = Duration.ZERO;

  /**
   * The rules.
   *
   * @throws IllegalArgumentException if one is out of range
   * @throws CommandException if one is not a duration
   */
  EventTimeRules rules() {
    return EventTimeRules.DEFAULT
        .withWindow(window)
        .withMaxOutOfOrder(maxOutOfOrder)
        .withAllowedLateness(allowedLateness)
        .withMaxFutureSkew(Durations.parseUnlessOff("--maxFutureSkew", maxFutureSkew))
        .withIdleTimeout(idleTimeout);
  }
}
