package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.pipeline.read.PartitionGrouping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * An engine that runs the pipeline, with what it needs to run it exactly. Found by {@link
 * ServiceLoader}: each class path has one.
 */
public interface Engine {
  /** Beam's name of its runner, such as {@code DirectRunner}. */
  String runner();

  /**
   * Checks settings before anything is done.
   *
   * @throws CommandException if they can't be run exactly, or the engine's cluster does not answer
   */
  default void check(RunSettings settings) {}

  /** Options of Beam, by name, that the engine needs unless the user gives them. */
  Map<String, String> defaults(RunSettings settings);

  /** How to group partitions into sources, so that the engine's watermark is the least of all. */
  default PartitionGrouping grouping(RunSettings settings) {
    return PartitionGrouping.TOGETHER;
  }

  /**
   * For how long nothing must have happened before a run that is stopped has finished what it had
   * read: the longest time from a batch to the row of its window.
   */
  default Duration quiet(RunSettings settings) {
    return Duration.ofSeconds(1);
  }

  /**
   * Starts a pipeline.
   *
   * @param settings those that the pipeline was made for
   * @param partitions how many the topic has
   * @return a result that ends by itself when a run with an end has written all its windows, and
   *     whose {@code waitUntilFinish} throws if the run has failed
   */
  PipelineResult run(Pipeline pipeline, RunSettings settings, int partitions);

  /**
   * The engine of a runner.
   *
   * @param runner Beam's name of it, in upper or lower case
   * @throws CommandException if it is not on this class path
   */
  static Engine of(String runner) {
    return here()
        .filter(engine -> engine.runner().equalsIgnoreCase(runner))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "--runner=%s is not on this class path, which has %s; ./coarsen run starts DirectRunner, SparkRunner and FlinkRunner, each with its own"
                        .formatted(
                            runner, here().map(Engine::runner).collect(Collectors.joining(", ")))));
  }

  private static Stream<Engine> here() {
    return ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get);
  }

  /**
   * Beam's options for this engine: its own, then those that the user gave.
   *
   * @throws CommandException if Beam does not know one of them
   */
  default PipelineOptions options(RunSettings settings) {
    List<String> given = settings.engineOptions();
    var arguments = new ArrayList<String>(List.of("--runner=" + runner()));
    defaults(settings)
        .forEach(
            (name, value) -> {
              if (!isGiven(name, given)) {
                arguments.add("--" + name + "=" + value);
              }
            });
    arguments.addAll(given);
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "unknown or malformed option among "
              + String.join(" ", given)
              + "; ./coarsen run --help lists the options (Beam says: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")");
    }
  }

  /** Whether the user gave an option of Beam. */
  static boolean isGiven(String name, List<String> given) {
    return given(name, given).isPresent();
  }

  /** The value that the user gave to an option of Beam. */
  static Optional<String> given(String name, List<String> given) {
    String start = "--" + name + "=";
    return given.stream()
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .findFirst();
  }
}
