package coarsen.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
  private static final String GOOD =
      "--bootstrapServers=127.0.0.1:1 --topic=t --reducedOutput=files:/tmp/none ";

  private final StringWriter told = new StringWriter();

  private int run(String options) {
    return Commands.commandLine(new RunCommand())
        .setErr(new PrintWriter(told))
        .setOut(new PrintWriter(told))
        .execute(options.trim().split(" +"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --foo=1                           | foo
          --targetParallelism=x             | targetParallelism
          --runner=FlyingRunner             | FlyingRunner is not one of DirectRunner
          --window=0s                       | --window is 0
          --window=5                        | '5' is not a duration
          --window=4000d                    | --window is over ten years
          --allowedLateness=-1s             | '-1s' is not a duration
          --maxBatch=0                      | --maxBatch is 0
          --rollover=0s                     | --rollover is 0
          --from=yesterday                  | yesterday
          --until=never                     | never
          --until=end                       | --until=end and --from=latest
          --timestampUnit=min               | --timestampUnit=min is not one of
          --inputZone=Mars                  | Mars
          --valueField=ts                   | are both 'ts'
          --rawOutput=files:/tmp/none       | both files:/tmp/none
          --rejectedOutput=topic:t          | both topic:t
          --rawOutput=folder                | 'folder' is not a place for rows
          """)
  void aWrongOptionIsToldInOneLineBeforeAnythingStarts(String option, String telling) {
    assertEquals(ExitCode.USAGE, run(GOOD + option), told.toString());
    assertTrue(told.toString().contains(telling), told.toString());
    assertEquals(1, told.toString().lines().count(), told.toString());
  }

  @ParameterizedTest
  @CsvSource({"'', --bootstrapServers", "--bootstrapServers=h:1 --topic=t, no output"})
  void whatIsMissingIsNamed(String options, String telling) {
    assertEquals(ExitCode.USAGE, run(options));
    assertTrue(told.toString().contains(telling), told.toString());
  }

  @Test
  void anAddressWithoutPortIsTold() {
    assertEquals(
        ExitCode.USAGE,
        run("--bootstrapServers=nowhere --topic=t --reducedOutput=files:/tmp/none"));
    assertTrue(told.toString().contains("write HOST:PORT"), told.toString());
  }

  @Test
  void aBrokerThatDoesNotAnswerIsToldInOneLine() {
    assertEquals(ExitCode.UNAVAILABLE, run(GOOD));
    assertTrue(told.toString().contains("no Kafka broker answers at 127.0.0.1:1"));
    assertEquals(1, told.toString().lines().count(), told.toString());
  }

  @Test
  void theHelpFitsAScreen() {
    assertEquals(ExitCode.OK, run("--help"));
    assertTrue(told.toString().lines().count() <= 40, told.toString());
    assertTrue(told.toString().lines().allMatch(line -> line.length() <= 100));
  }
}
