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

/** A JVM of its own, whose output is kept in a file. */
final class JavaProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final Path log;

  private JavaProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts.
   *
   * @param folder where the log goes, and the working directory
   * @param options of java, class path and main class among them, then arguments
   */
  static JavaProcess start(
      String name, Path folder, Map<String, String> environment, List<String> options)
      throws IOException {
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, name + "-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new JavaProcess(name, builder.start(), log);
  }

  /** Waits for a line; the group of the pattern, or all of it. */
  String await(String pattern) throws IOException, InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      Matcher found = wanted.matcher(output());
      if (found.find()) {
        return found.group(found.groupCount());
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(name + " never said " + pattern + ":\n" + output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Waits for the end. */
  int exitCode(Duration patience) throws InterruptedException, IOException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(name + " does not end:\n" + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends it, and what it has started. */
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
