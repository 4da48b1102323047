package coarsen.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class OptionTypesTest {
  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "5s, PT5S", "10m, PT10M", "2h, PT2H", "1d, PT24H", "0s, PT0S"})
  void durationsHaveAUnit(String text, Duration duration) {
    assertEquals(duration, Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-5s", "5 s", "5S", "1.5s", "9999999999s", "36501d", "999999999d"})
  void otherFormsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab"})
  void noLocaleChangesWhatACommandFormats(String tag) {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    try {
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(tag));
      var sample = new Sample();
      assertEquals(ExitCode.OK, Commands.run(sample, "--every=5s"));
      assertEquals("12,345 1.5", sample.formatted);
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--every=5x, 2, '5x'",
    "--every=999999999d, 2, --every': '999999999d' is too long; write at most 36500d",
    "--evry=5s, 2, --evry",
    "--from=unreachable, 3, nobody there",
    "--from=bug, 1, IllegalStateException",
    "--from=error, 1, failed: java.lang.OutOfMemoryError: no more",
    "--every=5s, 0, ''"
  })
  void errorsAreReportedInOneLineAndByTheExitCode(String argument, int exitCode, String expected) {
    var err = new StringWriter();
    CommandLine line = Commands.commandLine(new Sample()).setErr(new PrintWriter(err));
    assertEquals(exitCode, line.execute(argument));
    assertTrue(err.toString().contains(expected), err.toString());
    if (exitCode != ExitCode.FAILED) {
      assertTrue(err.toString().lines().count() <= 1, err.toString());
    }
  }

  @Command(name = "coarsen sample")
  private static final class Sample implements Callable<Integer> {
    @Option(names = "--every")
    Duration every = Duration.ZERO;

    @Option(names = "--from")
    String from = "";

    String formatted = "";

    @Override
    public Integer call() {
      formatted = "%,d %.1f".formatted(12_345, 1.5);
      if (from.equals("unreachable")) {
        throw CommandException.unavailable("nobody there", null);
      }
      if (from.equals("error")) {
        throw new OutOfMemoryError("no more");
      }
      if (from.equals("bug")) {
        throw new IllegalStateException();
      }
      return every.isNegative() ? ExitCode.FAILED : ExitCode.OK;
    }
  }
}
