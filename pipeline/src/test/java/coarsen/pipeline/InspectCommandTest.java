package coarsen.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class InspectCommandTest {
  private final StringWriter printed = new StringWriter();

  private int inspect(String options) {
    return Commands.commandLine(new InspectCommand())
        .setErr(new PrintWriter(printed))
        .setOut(new PrintWriter(printed))
        .execute(options.trim().split(" +"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | --bootstrapServers=127.0.0.1:1                             | --topic
          2 | --topic=t                                                  | no broker is named
          2 | --bootstrapServers=127.0.0.1:1 --topic=t --messages=0      | --messages is 0; it is at least 1
          2 | --bootstrapServers=127.0.0.1:1 --topic=t --timestampUnit=h | --timestampUnit=h is not one of
          2 | --bootstrapServers=127.0.0.1:1 --topic=t --window=5s       | --window
          3 | --bootstrapServers=127.0.0.1:1 --topic=t                   | no Kafka broker answers
          """)
  void whatIsWrongIsOneLine(int exitCode, String options, String expected) {
    assertEquals(exitCode, inspect(options));
    assertTrue(printed.toString().contains(expected), printed.toString());
    assertEquals(1, printed.toString().lines().count(), printed.toString());
  }

  @Test
  void theHelpFitsAScreen() {
    assertEquals(ExitCode.OK, inspect("--help"));
    assertTrue(printed.toString().lines().count() <= 40, printed.toString());
    assertTrue(printed.toString().lines().allMatch(line -> line.length() <= 100));
  }

  @Test
  void optionsThatWereGivenAreRepeatedAsTheyWere() {
    var command = new RunCommand();
    CommandLine line = Commands.commandLine(command);
    CommandLine.ParseResult parsed =
        line.parseArgs(
            "--bootstrapServers=h:1",
            "--topic",
            "t",
            "--valueField",
            "a\\,b",
            "--numbersInStrings",
            "--timestampFormat=dd.MM.yyyy HH:mm");
    assertEquals(
        List.of("--valueField=a\\,b", "--timestampFormat=dd.MM.yyyy HH:mm", "--numbersInStrings"),
        GivenOptions.of(parsed.commandSpec(), GivenOptions.namesIn(FormatOptions.class)));
  }
}
