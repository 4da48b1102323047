package coarsen.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM in its own process, whose output goes to a file. */
final class JavaProcess implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final Path log;

  private JavaProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a JVM.
   *
   * @param folder the working directory, which also gets the log
   * @param options of java, including class path and main class, then arguments
   */
  static JavaProcess start(
      String name, Path folder, Map<String, String> environment, List<String> options)
      throws IOException {
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, name + "-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Flink's pages show this file.
    command.add("-Dlog.file=" + log);
    command.addAll(options);
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new JavaProcess(name, builder.start(), log);
  }

  /** Waits for output that matches; returns the pattern's group, or else all that matched. */
  String await(String pattern) throws IOException, InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      Matcher found = wanted.matcher(output());
      if (found.find()) {
        return found.group(found.groupCount());
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(name + " never printed " + pattern + ":\n" + output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Waits for the end of the process. */
  int exitCode(Duration patience) throws InterruptedException, IOException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(name + " did not end:\n" + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the process and its children. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
