package coarsen.pipeline;

import coarsen.command.CommandException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The engines that run the pipeline, each with the options that it needs unless told otherwise. */
enum Engine {
  /** In this JVM. Its checks of every element are for tests: they cost most of the speed. */
  DIRECT(
      "DirectRunner", "--blockOnRun=false --enforceImmutability=false --enforceEncodability=false");

  private final String runner;
  private final String defaults;

  Engine(String runner, String defaults) {
    this.runner = runner;
    this.defaults = defaults;
  }

  /**
   * The engine of Beam's name for its runner.
   *
   * @throws CommandException if it is none of those here
   */
  static Engine of(String runner) {
    return Arrays.stream(values())
        .filter(engine -> engine.runner.equalsIgnoreCase(runner))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "--runner="
                        + runner
                        + " is not one of "
                        + Arrays.stream(values())
                            .map(engine -> engine.runner)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Beam's options for this engine.
   *
   * @param given options that the user gave; they win
   * @throws CommandException if Beam does not know one of them
   */
  PipelineOptions options(List<String> given) {
    var arguments = new ArrayList<String>(List.of("--runner=" + runner));
    for (String option : defaults.split(" ", -1)) {
      String name = option.substring(0, option.indexOf('=') + 1);
      if (given.stream().noneMatch(argument -> argument.startsWith(name))) {
        arguments.add(option);
      }
    }
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
}
