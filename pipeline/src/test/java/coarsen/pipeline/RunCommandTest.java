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

  private final StringWriter printed = new StringWriter();

  private int run(String options) {
    return Commands.commandLine(new RunCommand())
        .setErr(new PrintWriter(printed))
        .setOut(new PrintWriter(printed))
        .execute(options.trim().split(" +"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --foo=1                           | foo
          --targetParallelism=x             | targetParallelism
          --runner=FlyingRunner             | FlyingRunner is not on this class path, which has DirectRunner;
          --window=0s                       | --window is 0
          --window=5                        | '5' is not a duration
          --window=4000d                    | --window is over ten years
          --allowedLateness=-1s             | '-1s' is not a duration
          --maxFutureSkew=no                | --maxFutureSkew: 'no' is not a duration; write a number and ms, s, m, h or d, such as 5s; or off
          --maxFutureSkew=4000d             | --maxFutureSkew is over ten years
          --maxBatch=0                      | --maxBatch is 0
          --rollover=0s                     | --rollover is 0
          --from=yesterday                  | yesterday
          --until=never                     | never
          --until=end                       | --until=end and --from=latest
          --timestampUnit=min               | --timestampUnit=min is not one of
          --inputZone=Mars                  | Mars
          --format=csv                      | csv
          --format=influx --timestampField=ts | --timestampField=ts does not apply to --format=influx
          --format=influx --timestampFormat=yyyy | --timestampFormat=yyyy does not apply to --format=influx
          --format=influx --inputZone=UTC   | --inputZone=UTC does not apply to --format=influx
          --format=influx --timestampUnit=m | --timestampUnit=m is not one of s, ms, us, ns
          --format=influx --valueField=a,a  | --valueField names 'a' twice
          --valueField=/ts                  | are both '/ts'
          --valueField=/a~2                 | --valueField=/a~2 is not a JSON pointer: ~ stands before 0 or 1
          --timestampField=/a --valueField=/a/b | --timestampField=/a and --valueField=/a/b are one inside
          --timestampFormat=dd.MM           | --timestampFormat=dd.MM: '23.07', which it writes, is not a date
          --timestampFormat=yyyy-MM-ddTHH   | --timestampFormat=yyyy-MM-ddTHH: Unknown pattern letter: T; write
          --valueField=ts                   | are both 'ts'
          --rawOutput=files:/tmp/none       | both files:/tmp/none
          --rawOutput=files:/tmp/none/      | --rawOutput=files:/tmp/none/ and --reducedOutput=files:/tmp/none are the same folder
          --rollover=999999999d             | '--rollover'
          --rollover=999999999d             | '999999999d' is too long; write at most 36500d
          --earlyResults=999999999d         | '--earlyResults'
          --rejectedOutput=topic:t          | both topic:t
          --rawOutput=folder                | 'folder' is not a place for rows
          --rawOutput=topic:ä               | Invalid value for option '--rawOutput': 'ä' can't be the name of a topic; write 1 to 249
          --rejectedOutput=topic:..         | '..' can't be the name of a topic
          --topic=..                        | '--topic'
          --topic=a/b                       | 'a/b' can't be the name of a topic; write 1 to 249
          --rawOutput=topic:__consumer_offsets | --rawOutput=topic:__consumer_offsets is a topic in which Kafka
          """)
  void aWrongOptionIsToldInOneLineBeforeAnythingStarts(String option, String expected) {
    assertEquals(ExitCode.USAGE, run(GOOD + option), printed.toString());
    assertTrue(printed.toString().contains(expected), printed.toString());
    assertEquals(1, printed.toString().lines().count(), printed.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', --topic",
    "--topic=t --reducedOutput=topic:r, --bootstrapServers",
    "--bootstrapServers=h:1 --topic=t, no output",
  })
  void whatIsMissingIsNamed(String options, String expected) {
    assertEquals(ExitCode.USAGE, run(options));
    assertTrue(printed.toString().contains(expected), printed.toString());
  }

  @Test
  void anAddressWithoutPortIsTold() {
    assertEquals(
        ExitCode.USAGE,
        run("--bootstrapServers=nowhere --topic=t --reducedOutput=files:/tmp/none"));
    assertTrue(printed.toString().contains("write HOST:PORT"), printed.toString());
  }

  @Test
  void aBrokerThatDoesNotAnswerIsToldInOneLine() {
    assertEquals(ExitCode.UNAVAILABLE, run(GOOD));
    assertTrue(printed.toString().contains("no Kafka broker answers at 127.0.0.1:1"));
    assertEquals(1, printed.toString().lines().count(), printed.toString());
  }

  @Test
  void theHelpFitsAScreen() {
    assertEquals(ExitCode.OK, run("--help"));
    assertTrue(printed.toString().lines().count() <= 40, printed.toString());
    assertTrue(printed.toString().lines().allMatch(line -> line.length() <= 100));
  }
}
