package coarsen.viewer.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The window on a real display in memory. */
@Timeout(180)
class PlotWindowIT {
  @TempDir private Path folder;

  @Test
  void keysAndMouseHaveTheirVisibleEffects() throws Exception {
    assumeOrReport(Display.isPossible(), "Xvfb is not on the PATH");
    assumeOrReport(
        Files.exists(Path.of(System.getProperty("java.home"), "lib", "libawt_xawt.so")),
        "this JDK was installed without windows");
    try (var display = Display.open()) {
      Process scenario = start(display);
      String output = new String(scenario.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(scenario.waitFor(10, TimeUnit.SECONDS), output);
      assertEquals(0, scenario.exitValue(), output);
      assertEquals(35, output.lines().filter(line -> line.startsWith("seen: ")).count(), output);
    }
  }

  private static void assumeOrReport(boolean possible, String whyNot) {
    if (!possible) {
      System.err.println("PlotWindowIT is skipped: " + whyNot);
    }
    assumeTrue(possible, whyNot);
  }

  private Process start(Display display) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                WindowScenario.class.getName(),
                folder.toString())
            .redirectErrorStream(true);
    builder.environment().put("DISPLAY", display.name());
    return builder.start();
  }
}
