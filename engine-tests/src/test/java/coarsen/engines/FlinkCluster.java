package coarsen.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A session cluster on loopback: a job manager and two task managers, each in its own process. */
final class FlinkCluster implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      jobmanager.rpc.address: 127.0.0.1
      jobmanager.rpc.port: %d
      jobmanager.bind-host: 127.0.0.1
      jobmanager.memory.process.size: 1g
      taskmanager.host: 127.0.0.1
      taskmanager.bind-host: 127.0.0.1
      taskmanager.numberOfTaskSlots: 2
      taskmanager.cpu.cores: 1.0
      taskmanager.memory.framework.heap.size: 64m
      taskmanager.memory.framework.off-heap.size: 64m
      taskmanager.memory.task.heap.size: 300m
      taskmanager.memory.task.off-heap.size: 0b
      taskmanager.memory.managed.size: 64m
      taskmanager.memory.network.min: 64m
      taskmanager.memory.network.max: 64m
      taskmanager.memory.jvm-metaspace.size: 192m
      taskmanager.memory.jvm-overhead.min: 64m
      taskmanager.memory.jvm-overhead.max: 64m
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      rest.port: %d
      heartbeat.interval: 1000
      heartbeat.timeout: 5000
      io.tmp.dirs: %s
      state.checkpoints.dir: %s
      """;

  private static final String RUNTIME = "org.apache.flink.runtime.";

  private final Path folder;
  private final LogLevel logLevel;
  private final List<JavaProcess> taskManagers = new ArrayList<>();
  private JavaProcess jobManager;

  private FlinkCluster(Path folder, LogLevel logLevel) {
    this.folder = folder;
    this.logLevel = logLevel;
  }

  static FlinkCluster start(Path folder) throws IOException, InterruptedException {
    return start(folder, LogLevel.INFO);
  }

  static FlinkCluster start(Path folder, LogLevel logLevel)
      throws IOException, InterruptedException {
    var cluster = new FlinkCluster(folder, logLevel);
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("flink-conf.yaml"),
          CONFIGURATION.formatted(
              SparkCluster.freePort(),
              SparkCluster.freePort(),
              folder,
              folder.resolve("checkpoints").toUri()));
      cluster.jobManager =
          cluster.process(
              "jobmanager", "400m", RUNTIME + "entrypoint.StandaloneSessionClusterEntrypoint");
      for (int i = 0; i < 2; i++) {
        cluster.addTaskManager();
      }
      cluster.awaitTaskManagers();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Does what {@code flink run} does. */
  JavaProcess submit(List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("org.apache.flink.client.cli.CliFrontend");
    all.add("run");
    all.addAll(options);
    all.add(Engines.FLINK_JAR.toString());
    all.add("--runner=FlinkRunner");
    all.addAll(Arrays.asList(arguments));
    return JavaProcess.start(
        "submit", folder, environment(), logLevel.ofRun(Engines.flink(all.toArray(String[]::new))));
  }

  /** Kills one of the two task managers, as if its machine had failed. */
  void killTaskManager() throws InterruptedException {
    taskManagers.get(1).handle().destroyForcibly();
    taskManagers.get(1).handle().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Starts another task manager in place of one that was killed. */
  void replaceTaskManager() throws IOException, InterruptedException {
    taskManagers.remove(1);
    addTaskManager();
    awaitTaskManagers();
  }

  /** The address of the pages. */
  String pages() throws IOException {
    return "http://127.0.0.1:"
        + Pages.found("rest.port: ([0-9]+)", Files.readString(folder.resolve("flink-conf.yaml")))
            .get(0);
  }

  /** Waits for a line in the job manager's log that matches a pattern. */
  void awaitJobManager(String pattern) throws IOException, InterruptedException {
    String unused = jobManager.await(pattern);
  }

  private void addTaskManager() throws IOException {
    taskManagers.add(process("taskmanager", "400m", RUNTIME + "taskexecutor.TaskManagerRunner"));
  }

  private void awaitTaskManagers() throws IOException, InterruptedException {
    for (JavaProcess taskManager : taskManagers) {
      String unused = taskManager.await("Successful registration at resource manager");
    }
  }

  @Override
  public void close() {
    taskManagers.forEach(JavaProcess::close);
    if (jobManager != null) {
      jobManager.close();
    }
  }

  private JavaProcess process(String name, String heap, String main, String... arguments)
      throws IOException {
    List<String> options =
        new ArrayList<>(
            Engines.flink(
                Stream.concat(
                        Stream.of(main, "--configDir", folder.toString()), Arrays.stream(arguments))
                    .toArray(String[]::new)));
    options.add(0, "-Xmx" + heap);
    return JavaProcess.start(name, folder, environment(), logLevel.ofCluster(options));
  }

  private Map<String, String> environment() {
    return Map.of("FLINK_CONF_DIR", folder.toString());
  }
}
