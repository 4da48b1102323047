package coarsen.spark;

import coarsen.command.Addresses;
import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.StopOnSignal;
import coarsen.pipeline.RunCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * {@code ./coarsen run --runner=SparkRunner --deployMode=cluster}: lets SparkSubmit start the run's
 * driver on a worker of a standalone cluster, waits for its end, and fails if the driver failed.
 * SparkSubmit itself would end with 0.
 */
@Command(
    name = "coarsen run",
    description = "Starts a run on a worker of a Spark cluster and waits for its end.",
    sortOptions = false)
public final class SubmitCommand implements Callable<Integer> {
  private static final Pattern STATE = Pattern.compile("State of driver (\\S+) is ([A-Z]+),");
  private static final Pattern ERROR = Pattern.compile("ERROR ClientEndpoint: (.*)");

  @Option(names = "--deployMode", required = true, paramLabel = "cluster", description = "cluster.")
  private String deployMode = "";

  @Option(
      names = "--sparkMaster",
      required = true,
      paramLabel = "spark://HOST:PORT",
      description = "The cluster's master.")
  private String master = "";

  @Unmatched private List<String> runOptions = new ArrayList<>();

  /** Runs the command and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new SubmitCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (!deployMode.equals("cluster")) {
      throw CommandException.usage(
          "--deployMode="
              + deployMode
              + " is not supported; use cluster, or leave it out to run the driver in this process");
    }
    if (!master.startsWith("spark://")) {
      throw CommandException.usage(
          "--sparkMaster=" + master + " is not a standalone cluster; use spark://HOST:PORT");
    }
    Addresses.checkCluster("--sparkMaster", master);
    Process submit = new ProcessBuilder(command()).redirectErrorStream(true).start();
    return StopOnSignal.call(
        submit::destroy,
        () -> {
          Outcome outcome = outcome(submit.inputReader(StandardCharsets.UTF_8));
          int exitCode = submit.waitFor();
          if (outcome.isFinished()) {
            return ExitCode.OK;
          }
          throw CommandException.failed(outcome.describe(exitCode), null);
        });
  }

  /**
   * What SparkSubmit reported.
   *
   * @param state the driver's last state, if there was any
   * @param error the last error, if there was any; it ends SparkSubmit, which then reports no state
   */
  record Outcome(@Nullable String state, @Nullable String error) {
    boolean isFinished() {
      return "FINISHED".equals(state);
    }

    String describe(int exitCode) {
      return state != null
          ? "the driver's state is " + state + "; its log is on the worker, in work/driver-…"
          : "SparkSubmit ended with exit code "
              + exitCode
              + (error == null ? " before a driver ran" : ": " + error);
    }
  }

  /** Copies SparkSubmit's output to stderr, and returns what it says of the driver. */
  static Outcome outcome(BufferedReader output) throws IOException {
    String state = null;
    String error = null;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      System.err.println(line);
      Matcher reported = STATE.matcher(line);
      if (reported.find()) {
        state = reported.group(2);
      }
      Matcher failed = ERROR.matcher(line);
      if (failed.find()) {
        error = failed.group(1);
      }
    }
    return new Outcome(state, error);
  }

  /** SparkSubmit with the options of this JVM, which include settings of Spark. */
  private List<String> command() {
    List<String> ownOptions = ManagementFactory.getRuntimeMXBean().getInputArguments();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ownOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", master, "--deploy-mode", "cluster"));
    command.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
    // What Spark's own scripts would pass to the driver's JVM.
    command.addAll(
        List.of(
            "--conf",
            "spark.driver.extraJavaOptions="
                + ownOptions.stream()
                    .filter(option -> option.startsWith("--add-opens="))
                    .collect(Collectors.joining(" "))));
    command.addAll(List.of("--class", RunCommand.class.getName()));
    command.add(SparkEngine.ownJar());
    command.addAll(runOptions);
    return command;
  }
}
