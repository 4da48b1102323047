package coarsen.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SubmitCommandTest {
  @Test
  void theLastStateThatSparkSubmitReportsIsTheDrivers() throws IOException {
    SubmitCommand.Outcome outcome =
        outcome(
            """
            INFO ClientEndpoint: State of driver driver-1 is RUNNING, while waiting for completion
            WARN something else
            INFO ClientEndpoint: State of driver driver-1 is FAILED, exiting
            """);
    assertFalse(outcome.isFinished());
    assertEquals(
        "the driver's state is FAILED; its log is on the worker, in work/driver-…",
        outcome.describe(0));
    assertTrue(outcome("State of driver driver-1 is FINISHED, exiting\n").isFinished());
  }

  @Test
  void withoutAStateTheErrorOfSparkSubmitIsReported() throws IOException {
    assertEquals(
        "SparkSubmit ended with exit code 255: Exception from cluster was: no space left",
        outcome("ERROR ClientEndpoint: Exception from cluster was: no space left\n").describe(255));
  }

  @Test
  void withoutADriverThereIsNoState() throws IOException {
    assertEquals(
        "SparkSubmit ended with exit code 1 before a driver ran",
        outcome("Exception in thread main\n").describe(1));
  }

  @Test
  void aWrongDeployModeOrMasterIsNamedAndTheExitCodeIsTwo() {
    assertUsage(
        "--deployMode=client is not supported; use cluster",
        "--deployMode=client",
        "--sparkMaster=spark://127.0.0.1:7077");
    assertUsage(
        "--sparkMaster=local[2] is not a standalone cluster; use spark://HOST:PORT",
        "--deployMode=cluster",
        "--sparkMaster=local[2]");
  }

  private static SubmitCommand.Outcome outcome(String output) throws IOException {
    return SubmitCommand.outcome(new BufferedReader(new StringReader(output)));
  }

  private static void assertUsage(String message, String... arguments) {
    var err = new StringWriter();
    int exitCode =
        Commands.commandLine(new SubmitCommand()).setErr(new PrintWriter(err)).execute(arguments);
    assertEquals(ExitCode.USAGE, exitCode);
    assertTrue(err.toString().contains(message), err.toString());
  }
}
