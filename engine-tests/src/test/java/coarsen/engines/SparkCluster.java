package coarsen.engines;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A standalone cluster on loopback: a master and two workers, each in its own process. */
final class SparkCluster implements AutoCloseable {
  private final Path folder;
  private final LogLevel logLevel;
  private final List<JavaProcess> processes = new ArrayList<>();
  private String master = "";

  private SparkCluster(Path folder, LogLevel logLevel) {
    this.folder = folder;
    this.logLevel = logLevel;
  }

  static SparkCluster start(Path folder) throws IOException, InterruptedException {
    return start(folder, LogLevel.INFO);
  }

  static SparkCluster start(Path folder, LogLevel logLevel)
      throws IOException, InterruptedException {
    var cluster = new SparkCluster(folder, logLevel);
    try {
      int port = freePort();
      cluster.master = "spark://127.0.0.1:" + port;
      cluster.process(
          "master",
          "org.apache.spark.deploy.master.Master",
          "--host",
          "127.0.0.1",
          "--port",
          String.valueOf(port),
          "--webui-port",
          "0");
      for (String worker : List.of("worker1", "worker2")) {
        cluster.process(
            worker,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--cores",
            "3",
            "--memory",
            "3g",
            "--webui-port",
            "0",
            "--work-dir",
            folder.resolve(worker).toString(),
            cluster.master);
      }
      for (JavaProcess worker : cluster.processes.subList(1, 3)) {
        String unused = worker.await("Successfully registered with master");
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Does what {@code spark-submit} does. */
  JavaProcess submit(List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("org.apache.spark.deploy.SparkSubmit");
    all.addAll(List.of("--master", master));
    all.addAll(
        List.of(
            "--conf",
            "spark.executor.extraJavaOptions="
                + String.join(" ", logLevel.ofWorker("-XX:TieredStopAtLevel=1"))));
    all.addAll(options);
    all.add(Engines.SPARK_JAR.toString());
    all.add("--runner=SparkRunner");
    all.addAll(Arrays.asList(arguments));
    return JavaProcess.start(
        "submit", folder, environment(), logLevel.ofRun(Engines.spark(all.toArray(String[]::new))));
  }

  /** Does what {@code run --deployMode=cluster} does. */
  JavaProcess submitDriver(String... arguments) throws IOException {
    List<String> java =
        Engines.runOnCluster(
            Stream.concat(
                    Stream.of("--deployMode=cluster", "--sparkMaster=" + master),
                    Arrays.stream(arguments))
                .toArray(String[]::new));
    java.add(0, "-Dspark.cores.max=4");
    java.add(0, "-Dspark.executor.cores=2");
    java.add(0, "-Dspark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1");
    return JavaProcess.start("cluster", folder, environment(), java);
  }

  String master() {
    return master;
  }

  /** The addresses of the pages of the master, then of the workers. */
  List<String> pages() throws IOException, InterruptedException {
    List<String> pages = new ArrayList<>();
    for (JavaProcess process : processes) {
      pages.add(process.await("WebUI to .* started at (http://\\S+)"));
    }
    return pages;
  }

  /** The JVMs that the workers have started for an application. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(process -> process.handle().descendants())
        .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutor"))
        .toList();
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }

  private void process(String name, String... main) throws IOException {
    List<String> options = new ArrayList<>(Engines.spark(main));
    options.add(0, "-Xmx512m");
    processes.add(JavaProcess.start(name, folder, ownEnvironment(), logLevel.ofCluster(options)));
  }

  /** Nothing is left outside of the folder. */
  private Map<String, String> ownEnvironment() {
    Map<String, String> all = new HashMap<>(environment());
    all.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    return all;
  }

  static Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", Engines.SPARK_HOME.toString(),
        "SPARK_SCALA_VERSION", "2.12",
        "SPARK_LOCAL_IP", "127.0.0.1");
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
