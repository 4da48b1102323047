package coarsen.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
    assertEquals(
        "FAILED",
        lastState(
            """
            INFO ClientEndpoint: State of driver driver-1 is RUNNING, while waiting for completion
            WARN something else
            INFO ClientEndpoint: State of driver driver-1 is FAILED, exiting
            """));
  }

  @Test
  void withoutADriverThereIsNoState() throws IOException {
    assertNull(lastState("Exception in thread main\n"));
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

  private static String lastState(String output) throws IOException {
    return SubmitCommand.lastState(new BufferedReader(new StringReader(output)));
  }

  private static void assertUsage(String message, String... arguments) {
    var err = new StringWriter();
    int exitCode =
        Commands.commandLine(new SubmitCommand()).setErr(new PrintWriter(err)).execute(arguments);
    assertEquals(ExitCode.USAGE, exitCode);
    assertTrue(err.toString().contains(message), err.toString());
  }
}
