package coarsen.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateCommandTest {
  private static final List<String> NEEDED =
      List.of("--bootstrapServers=127.0.0.1:1", "--topic=readings");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --eventRate=1000                    | --eventRate has no effect without --start
          --disorderShare=0.1                 | --disorderShare has no effect without --disorder
          --lateBy=2h                         | --lateBy has no effect without --lateShare
          --lateShare=1.5                     | --lateShare=1.5 is not a share; use 0 to 1
          --malformedShare=-0.1               | --malformedShare=-0.1 is not a share; use 0 to 1
          --futureShare=NaN                   | --futureShare=NaN is not a share; use 0 to 1
          --lateShare=0.7 --futureShare=0.5   | the shares of all faults add up to 1.2; they may
          --disorder=0s                       | --disorder is 0s and moves nothing; use 1ms or
          --disorder=366d                     | --disorder takes at most 365d
          --rate=0                            | --rate=0.0; it takes more than 0
          --rate=fast                         | --rate=fast is not a rate; use a number
          --count=0                           | --count=0; it takes 1 or more
          --partitions=0                      | --partitions=0; it takes 1 or more
          --series=0                          | --series=0; it takes 1 to 1000000
          --series=1000001                    | --series=1000001; it takes 1 to 1000000
          --series=six                        | Invalid value for option '--series': 'six'
          --start=today                       | --start=today is not a time in UTC
          --start=-5000-01-01T00:00:00Z       | is out of range; use 0010-01-01T00:00:00Z to
          --start=2021-01-23T12:00:00Z --eventRate=0 | --eventRate=0 is too low
          --bootstrapServers=localhost        | --bootstrapServers=localhost names no address
          --topic=readings/1                  | 'readings/1' can't be the name of a topic; write
          --topic=__transaction_state         | --topic=__transaction_state is a topic in which Kafka
          --unknown                           | Unknown option: '--unknown'
          """)
  void aWrongOptionIsNamedAndTheExitCodeIsTwo(String options, String message) {
    List<String> arguments = new ArrayList<>(NEEDED);
    for (String option : options.split(" ", -1)) {
      arguments.removeIf(given -> option.startsWith(given.substring(0, given.indexOf('=') + 1)));
      arguments.add(option);
    }
    var err = new StringWriter();
    int exit = execute(err, arguments.toArray(String[]::new));
    assertTrue(err.toString().contains(message), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals(ExitCode.USAGE, exit);
  }

  @Test
  void optionsBecomeSettings() {
    GeneratorSettings settings =
        settings(
            "--partitions=2",
            "--count=50",
            "--rate=max",
            "--seed=7",
            "--start=2021-01-23T12:00:00Z",
            "--eventRate=500",
            "--disorder=8s",
            "--lateShare=0.01",
            "--malformedShare=0.02",
            "--futureShare=0.03");
    assertEquals(
        new GeneratorSettings(
            new GeneratorSettings.Target(new KafkaClients("127.0.0.1:1"), "readings", 2),
            new Pace(50, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 500),
                new Faults(Duration.ofSeconds(8), 0.05, 0.01, Duration.ofHours(1), 0.02, 0.03),
                7)),
        settings);
    assertEquals(
        new GeneratorSettings.Content(null, Faults.NONE, Shape.WAVE, 1_000_000, 7),
        settings("--seed=7", "--series=1000000", "--shape=wave").content());
  }

  @Test
  void theDefaultIsTenReadingsASecondWithoutFaultsOrEnd() {
    GeneratorSettings settings = settings("--seed=7");
    assertEquals(
        new GeneratorSettings(
            new GeneratorSettings.Target(new KafkaClients("127.0.0.1:1"), "readings", 4),
            new Pace(Pace.ENDLESS, 10),
            new GeneratorSettings.Content(null, Faults.NONE, 7)),
        settings);
  }

  @Test
  void sharesMayAddUpToOneInDecimalAndExceedItInBinary() {
    Faults faults =
        settings("--lateShare=0.1", "--malformedShare=0.2", "--futureShare=0.7").content().faults();
    assertEquals(0.7, faults.futureShare());
  }

  @Test
  void helpFitsOnOneScreen() {
    for (CommandLine line :
        List.of(
            Commands.commandLine(new GenerateCommand()),
            Commands.commandLine(new BrokerCommand()))) {
      String help = line.getUsageMessage();
      assertTrue(help.lines().count() <= 40, help);
      assertTrue(help.lines().allMatch(row -> row.length() <= 100), help);
    }
  }

  private static GeneratorSettings settings(String... options) {
    var command = new GenerateCommand();
    List<String> arguments = new ArrayList<>(NEEDED);
    arguments.addAll(List.of(options));
    Commands.commandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.settings();
  }

  private static int execute(StringWriter err, String... arguments) {
    return Commands.commandLine(new GenerateCommand())
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
