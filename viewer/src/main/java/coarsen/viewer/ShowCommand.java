package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Logging;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.KafkaOptions;
import coarsen.outputs.Location;
import coarsen.outputs.LocationConverter;
import coarsen.outputs.Tails;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import coarsen.viewer.model.Latest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the last rows of one output. */
@Command(
    name = "coarsen show",
    sortOptions = false,
    description = {
      "Prints the last rows of one output as a table, in order of event time: of each window the"
          + " newest revision, of each reading (partition, offset, index) the newest run. avg_value"
          + " and stddev_value are rounded to 6 significant digits; the rows have all digits. Where"
          + " readings have series, these are the windows' rows of all readings; --series prints"
          + " those of series.",
      "",
    },
    footer = {
      "",
      "--stats prints, for the windows in the table: readings per row, the reduction ratio; rms"
          + " error of the mean, in the readings' unit, if each reading is replaced by its window's"
          + " mean; worst stddev, the greatest standard deviation, and its window's start; windows"
          + " with a spike, whose smallest or largest reading is more than 4 standard deviations from"
          + " the mean.",
      "",
      "It reads what the output holds now, then ends: of a topic, all messages; of a folder, all"
          + " files *.jsonl.",
      "",
      "Exit codes: 0 done; 1 failed while it ran; 2 wrong options; 3 broker, topic or folder is not"
          + " there.",
    })
public final class ShowCommand implements Callable<Integer> {
  private static final int MAX_ROWS = 1_000_000;

  private static final class Output {
    @Option(
        names = "--raw",
        converter = LocationConverter.class,
        paramLabel = "topic:NAME|files:DIR",
        description = "Where the raw rows are.")
    private @Nullable Location raw;

    @Option(
        names = "--reduced",
        converter = LocationConverter.class,
        paramLabel = "topic:NAME|files:DIR",
        description = "Where the reduced rows are.")
    private @Nullable Location reduced;
  }

  @ArgGroup(multiplicity = "1")
  private Output output;

  @Mixin private final KafkaOptions.ForTopics kafka = new KafkaOptions.ForTopics();

  @Option(
      names = "--last",
      defaultValue = "20",
      paramLabel = "N",
      description = "How many rows to print (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(
      names = "--series",
      paramLabel = "PATTERN",
      description =
          "Print the rows of the series that match, such as press-04, device=press-04 or 'press-*';"
              + " may be given more than once (default: with --reduced, the rows of all readings;"
              + " with --raw, all rows).")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--stats",
      description = "With --reduced: print how well the rows represent the readings.")
  private boolean stats;

  @Spec private CommandSpec spec;

  private long badLines;
  private List<String> statistics = List.of();

  /** Runs the command. */
  public static void main(String[] arguments) {
    Logging.quiet(KafkaClients.CONNECTION_LOGGER);
    System.exit(Commands.run(new ShowCommand(), arguments));
  }

  @Override
  public Integer call() {
    if (last < 1 || last > MAX_ROWS) {
      throw CommandException.usage("--last=" + last + " is out of range; write 1 to " + MAX_ROWS);
    }
    if (stats && output.raw != null) {
      throw CommandException.usage("--stats needs reduced rows; write --reduced, not --raw");
    }
    var series = new SeriesFilter(patterns);
    Table table = table(series);
    PrintWriter err = spec.commandLine().getErr();
    if (badLines > 0) {
      err.println(badLines + (badLines == 1 ? " line was not a row" : " lines were not rows"));
    }
    series.note(output.raw != null).ifPresent(err::println);
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    table.print(out);
    statistics.forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }

  private Table table(SeriesFilter series) {
    if (output.raw != null) {
      Latest<Reading> readings = Latest.readings(last);
      read(
          "--raw",
          output.raw,
          Reading::parse,
          row -> {
            if (series.takesReading(row.series())) {
              readings.add(row);
            }
          });
      return RowTables.ofReadings(readings.inTimeOrder());
    }
    Latest<WindowSummary> windows = Latest.windows(last);
    read(
        "--reduced",
        Objects.requireNonNull(output.reduced),
        WindowSummary::parse,
        row -> {
          if (series.takesWindow(row.series())) {
            windows.add(row);
          }
        });
    if (stats) {
      statistics = FidelityLines.of(windows.inTimeOrder());
    }
    return RowTables.ofWindows(windows.inTimeOrder());
  }

  private <R> void read(String option, Location location, Parse<R> parse, Consumer<R> rows) {
    Tails.check(option, location, kafka.clients());
    Tails.readNow(
        location,
        kafka.clients(),
        Tails.EVERYTHING,
        (bytes, offset, length) -> {
          try {
            rows.accept(parse.parse(bytes, offset, length));
          } catch (IllegalArgumentException e) {
            badLines++;
          }
        });
  }

  private interface Parse<R> {
    R parse(byte[] json, int offset, int length);
  }
}
