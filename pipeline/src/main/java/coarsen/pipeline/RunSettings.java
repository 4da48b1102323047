package coarsen.pipeline;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.read.EventTimeRules;
import coarsen.pipeline.read.InputFormat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a user can say about a run, checked. The defaults are those of the options.
 *
 * @param kafka where the readings come from, and rows in topics go
 * @param topic where the readings are
 * @param from where to begin
 * @param untilEnd whether to stop at the end offsets found at the start
 * @param format how messages are to be understood
 * @param rules the rules of event time
 * @param maxBatch readings in a batch at most
 * @param rollover how long a file takes rows before it becomes visible
 * @param earlyResults how often, in processing time, a window that is still open has a row; zero
 *     for never
 * @param rawOutput null for none; so with the other outputs, of which there must be one
 * @param engineOptions options of Beam and its runner, such as {@code --targetParallelism=2}
 */
public record RunSettings(
    KafkaClients kafka,
    String topic,
    From from,
    boolean untilEnd,
    InputFormat format,
    EventTimeRules rules,
    int maxBatch,
    Duration rollover,
    Duration earlyResults,
    @Nullable Location rawOutput,
    @Nullable Location reducedOutput,
    @Nullable Location rejectedOutput,
    List<String> engineOptions) {

  /** Where a run begins in the topic. */
  public enum From {
    /** With the oldest record that the broker has. */
    EARLIEST,
    /** With the first record that comes after the start. */
    LATEST
  }

  /** Readings in a batch at most. */
  public static final int DEFAULT_MAX_BATCH = 20_000;

  /** How long a file takes rows before it becomes visible. */
  public static final Duration DEFAULT_ROLLOVER = Duration.ofSeconds(5);

  /** Checks what the options can't check one by one. */
  public RunSettings {
    if (rawOutput == null && reducedOutput == null && rejectedOutput == null) {
      throw new IllegalArgumentException(
          "no output; give --reducedOutput=topic:NAME or files:DIR, --rawOutput or"
              + " --rejectedOutput");
    }
    if (untilEnd && from == From.LATEST) {
      throw new IllegalArgumentException(
          "--until=end and --from=latest leave nothing to read; use --from=earliest");
    }
    differ("--rawOutput", rawOutput, "--reducedOutput", reducedOutput);
    differ("--rawOutput", rawOutput, "--rejectedOutput", rejectedOutput);
    differ("--reducedOutput", reducedOutput, "--rejectedOutput", rejectedOutput);
    if (maxBatch < 1) {
      throw new IllegalArgumentException("--maxBatch is " + maxBatch + "; it is at least 1");
    }
    if (rollover.isZero()) {
      throw new IllegalArgumentException("--rollover is 0; files need some time, such as 5s");
    }
    var source = new Location.Topic(topic);
    differ("--topic", source, "--rawOutput", rawOutput);
    differ("--topic", source, "--reducedOutput", reducedOutput);
    differ("--topic", source, "--rejectedOutput", rejectedOutput);
    engineOptions = List.copyOf(engineOptions);
  }

  /** The outputs that are folders: reduced, raw, rejected. */
  public Stream<Location.Files> fileOutputs() {
    return Stream.of(reducedOutput, rawOutput, rejectedOutput)
        .filter(Location.Files.class::isInstance)
        .map(Location.Files.class::cast);
  }

  private static void differ(
      String option, @Nullable Location location, String other, @Nullable Location otherLocation) {
    if (location != null && location.equals(otherLocation)) {
      throw new IllegalArgumentException(
          option + " and " + other + " are both " + location + "; give each its own place");
    }
  }
}
