package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.Durations;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.TopicNames;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.read.SourceTopic;
import coarsen.pipeline.time.EventTimeRules;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a user can say about a run, checked. The defaults are those of the options.
 *
 * @param source what to read
 * @param format how messages are to be understood
 * @param rules the rules of event time
 * @param outputs where rows go
 * @param maxBatch readings in a batch at most
 * @param engineOptions options of Beam and its runner, such as {@code --targetParallelism=2}
 */
public record RunSettings(
    Source source,
    InputFormat format,
    EventTimeRules rules,
    Outputs outputs,
    int maxBatch,
    List<String> engineOptions) {

  /** Readings in a batch at most. */
  public static final int DEFAULT_MAX_BATCH = 20_000;

  /** Where a run begins in the topic. */
  public enum From {
    /** With the oldest record that the broker has. */
    EARLIEST,
    /** With the first record that comes, or is committed, after the start. */
    LATEST
  }

  /**
   * What to read.
   *
   * @param kafka where the topic is, and where topics that rows go to are
   * @param topic where the readings are
   * @param from where to begin
   * @param untilEnd whether to stop at the end offsets found at the start
   */
  public record Source(KafkaClients kafka, String topic, From from, boolean untilEnd) {
    /** Checks that there is something to read. */
    public Source {
      if (untilEnd && from == From.LATEST) {
        throw new IllegalArgumentException(
            "--until=end and --from=latest leave nothing to read; use --from=earliest");
      }
    }

    /**
     * Finds out which offsets a run that starts now reads.
     *
     * @throws CommandException if there is no such topic, or no broker
     */
    SourceTopic find(Topics topics) {
      List<TopicPartition> partitions = topics.partitions(topic);
      SortedMap<Integer, Long> ends = topics.offsets(partitions, OffsetSpec.latest());
      return new SourceTopic(
          kafka,
          topic,
          from == From.LATEST ? ends : topics.offsets(partitions, OffsetSpec.earliest()),
          untilEnd ? ends : Collections.emptySortedMap());
    }
  }

  /**
   * Where rows go; at least one output.
   *
   * @param raw null for none, as for the other two
   * @param rollover how long a file takes rows before it becomes visible
   * @param earlyResults how often, in processing time, a window that is still open has a row; zero
   *     for never
   */
  public record Outputs(
      @Nullable Location raw,
      @Nullable Location reduced,
      @Nullable Location rejected,
      Duration rollover,
      Duration earlyResults) {

    /** How long a file takes rows before it becomes visible. */
    public static final Duration DEFAULT_ROLLOVER = Duration.ofSeconds(5);

    /** Checks that each output has a place of its own, and none is Kafka's. */
    public Outputs {
      if (raw == null && reduced == null && rejected == null) {
        throw new IllegalArgumentException(
            "no output; give --reducedOutput=topic:NAME or files:DIR, --rawOutput or"
                + " --rejectedOutput");
      }
      refuseInternal("--rawOutput", raw);
      refuseInternal("--reducedOutput", reduced);
      refuseInternal("--rejectedOutput", rejected);
      differ("--rawOutput", raw, "--reducedOutput", reduced);
      differ("--rawOutput", raw, "--rejectedOutput", rejected);
      differ("--reducedOutput", reduced, "--rejectedOutput", rejected);
      if (rollover.isZero()) {
        throw new IllegalArgumentException("--rollover is 0; files need some time, such as 5s");
      }
      atMostMax("--rollover", rollover);
      atMostMax("--earlyResults", earlyResults);
    }

    private static void refuseInternal(String option, @Nullable Location location) {
      if (location instanceof Location.Topic topic) {
        TopicNames.refuseInternal(option + "=" + topic, topic.name());
      }
    }

    private static void atMostMax(String option, Duration duration) {
      if (duration.compareTo(Durations.MAX) > 0) {
        throw new IllegalArgumentException(
            option + " is " + duration + "; it is at most " + Durations.MAX.toDays() + "d");
      }
    }

    /** Outputs that roll their files over after 5 s, without early results. */
    public static Outputs of(
        @Nullable Location raw, @Nullable Location reduced, @Nullable Location rejected) {
      return new Outputs(raw, reduced, rejected, DEFAULT_ROLLOVER, Duration.ZERO);
    }

    /** The outputs that there are: reduced, raw, rejected. */
    public Stream<Location> all() {
      return Stream.of(reduced, raw, rejected).filter(Objects::nonNull);
    }

    /** Those that are folders. */
    public Stream<Location.Files> folders() {
      return all().filter(Location.Files.class::isInstance).map(Location.Files.class::cast);
    }
  }

  /** Checks what the parts can't check one by one. */
  public RunSettings {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("--maxBatch is " + maxBatch + "; it is at least 1");
    }
    var topic = new Location.Topic(source.topic());
    differ("--topic", topic, "--rawOutput", outputs.raw());
    differ("--topic", topic, "--reducedOutput", outputs.reduced());
    differ("--topic", topic, "--rejectedOutput", outputs.rejected());
    engineOptions = List.copyOf(engineOptions);
  }

  private static void differ(
      String option, @Nullable Location location, String other, @Nullable Location otherLocation) {
    if (location == null || otherLocation == null) {
      return;
    }
    if (location.equals(otherLocation)) {
      throw new IllegalArgumentException(
          option + " and " + other + " are both " + location + "; give each its own place");
    }
    if (location.isSamePlaceAs(otherLocation)) {
      throw new IllegalArgumentException(
          option
              + "="
              + location
              + " and "
              + other
              + "="
              + otherLocation
              + " are the same folder; give each its own place");
    }
  }
}
