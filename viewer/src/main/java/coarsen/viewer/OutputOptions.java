package coarsen.viewer;

import coarsen.kafka.KafkaOptions;
import coarsen.outputs.Location;
import coarsen.outputs.LocationConverter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for where the outputs of a pipeline are. */
final class OutputOptions {
  @Option(
      names = "--raw",
      required = true,
      converter = LocationConverter.class,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the raw rows are.")
  private Location raw;

  @Option(
      names = "--reduced",
      required = true,
      converter = LocationConverter.class,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the reduced rows are.")
  private Location reduced;

  @Option(
      names = "--rejected",
      converter = LocationConverter.class,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the rejected rows are: view counts them, verify checks them.")
  private @Nullable Location rejected;

  @Mixin private final KafkaOptions.ForTopics kafka = new KafkaOptions.ForTopics();

  /**
   * The outputs; checks what can be checked without opening them.
   *
   * @throws coarsen.command.CommandException if an option is missing or can't be used
   */
  FollowedOutputs outputs() {
    var outputs = new FollowedOutputs(raw, reduced, rejected, kafka.clients());
    outputs.check();
    return outputs;
  }
}
