package coarsen.engines;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A standalone cluster on loopback: a master and two workers, each in its own process. */
final class SparkCluster implements AutoCloseable {
  private final Path folder;
  private final List<JavaProcess> processes = new ArrayList<>();
  private String master = "";

  private SparkCluster(Path folder) {
    this.folder = folder;
  }

  static SparkCluster start(Path folder) throws IOException, InterruptedException {
    var cluster = new SparkCluster(folder);
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
    all.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1"));
    all.addAll(options);
    all.add(Engines.SPARK_JAR.toString());
    all.add("--runner=SparkRunner");
    all.addAll(Arrays.asList(arguments));
    return JavaProcess.start(
        "submit", folder, environment(), Engines.spark(all.toArray(String[]::new)));
  }

  String master() {
    return master;
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
    // The workers report at this level that they are ready.
    options.replaceAll(option -> option.startsWith("-Dlog4j2.") ? "-Dlog4j2.level=info" : option);
    processes.add(JavaProcess.start(name, folder, environment(), options));
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
