package coarsen.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

/** Runs a command: options in, exit code out, one line for each error. */
public final class Commands {
  private static final int HELP_COLUMNS = 100;

  private Commands() {}

  /**
   * Parses the arguments and calls the command, for a {@code main}. What commands print and write
   * does not depend on the machine's locale, whichever code or library formats it.
   *
   * @param command an object with picocli's annotations
   * @return the exit code, one of {@link ExitCode} or the command's own
   */
  public static int run(Callable<Integer> command, String... arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    return commandLine(command).execute(arguments);
  }

  /** The command line that {@link #run} uses, for tests that check its output. */
  public static CommandLine commandLine(Callable<Integer> command) {
    var commandLine = new CommandLine(command);
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("--help").usageHelp(true).description("Prints this.").build());
    return commandLine
        .setUsageHelpWidth(HELP_COLUMNS)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, text -> converted(text, Durations::parse))
        .setParameterExceptionHandler(
            (e, arguments) -> {
              CommandLine line = e.getCommandLine();
              print(line, e.getMessage() + "; ./" + name(line) + " --help lists the options");
              return ExitCode.USAGE;
            })
        .setExecutionStrategy(Commands::call)
        .setExecutionExceptionHandler(
            (e, line, result) -> {
              if (e instanceof CommandException expected) {
                print(line, String.valueOf(expected.getMessage()));
                return expected.exitCode();
              }
              print(line, "failed: " + (e instanceof ExecutionException ? e.getCause() : e));
              e.printStackTrace(line.getErr());
              return ExitCode.FAILED;
            });
  }

  /** An error must not leave the JVM to threads that do not end by themselves. */
  private static int call(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), String.valueOf(e), e);
    }
  }

  /**
   * Converts the text of an option, for converters of picocli.
   *
   * @param parse throws an {@link IllegalArgumentException} with a message for the user
   */
  public static <T> T converted(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static void print(CommandLine line, String message) {
    PrintWriter err = line.getErr();
    err.println(name(line) + ": " + message);
    err.flush();
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }
}
