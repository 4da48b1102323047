package coarsen.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options that a user gave to a command, to be repeated on a command line. */
final class GivenOptions {
  private GivenOptions() {}

  /** As {@code --name=value}, or {@code --name} alone, those of the names that were given. */
  static List<String> of(CommandSpec command, Stream<String> names) {
    var parsed = command.commandLine().getParseResult();
    return names
        .filter(parsed::hasMatchedOption)
        .map(name -> text(parsed.matchedOption(name)))
        .toList();
  }

  private static String text(OptionSpec option) {
    return option.arity().max() == 0
        ? option.longestName()
        : option.longestName() + "=" + option.originalStringValues().get(0);
  }

  /** The names of the options that a mixin has. */
  static Stream<String> namesIn(Class<?> mixin) {
    return Arrays.stream(mixin.getDeclaredFields())
        .map(field -> field.getAnnotation(Option.class))
        .filter(option -> option != null)
        .map(option -> option.names()[0]);
  }
}
