package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own with the test's class path, for what ends a JVM, suspends it or is global in it.
 */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Starts one.
   *
   * @param log gets all that it prints
   * @param arguments of java: options, the main class and its arguments
   */
  static Process start(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Sends a signal, such as STOP. */
  static void signal(String name, Process process) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }
}
