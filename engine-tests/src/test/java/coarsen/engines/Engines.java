package coarsen.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The jars and folders that the build has made for the engines, and how to start them. */
final class Engines {
  static final Path ROOT = Path.of(System.getProperty("coarsen.root")).normalize();
  static final Path SPARK_JAR = ROOT.resolve("spark/target/coarsen-spark.jar");
  static final Path FLINK_JAR = ROOT.resolve("flink/target/coarsen-flink.jar");
  static final Path SPARK_HOME = ROOT.resolve("spark/home/target");
  static final Path FLINK_LIB = ROOT.resolve("flink/home/target/lib");

  /** Options of java for a main class on Spark's own jars. */
  static List<String> spark(String... more) throws IOException {
    return java("spark", SPARK_HOME.resolve("jars") + "/*", more);
  }

  /** Options of java for a main class on Flink's own jars. */
  static List<String> flink(String... more) throws IOException {
    return java("flink", FLINK_LIB + "/*", more);
  }

  /** Options of java for {@code run}, as the launcher gives them. */
  static List<String> run(String engine, String... arguments) throws IOException {
    return launch(engine, "coarsen.pipeline.RunCommand", arguments);
  }

  /** Options of java for {@code run --deployMode=cluster}, as the launcher gives them. */
  static List<String> runOnCluster(String... arguments) throws IOException {
    return launch("spark", "coarsen.spark.SubmitCommand", arguments);
  }

  private static List<String> launch(String engine, String main, String... arguments)
      throws IOException {
    boolean spark = engine.equals("spark");
    List<String> all = new ArrayList<>();
    all.add(main);
    all.add("--runner=" + (spark ? "SparkRunner" : "FlinkRunner"));
    all.addAll(Arrays.asList(arguments));
    return java(
        engine,
        spark
            ? SPARK_JAR + ":" + SPARK_HOME.resolve("jars") + "/*"
            : FLINK_JAR + ":" + FLINK_LIB + "/*",
        all.toArray(String[]::new));
  }

  private static List<String> java(String engine, String classPath, String... more)
      throws IOException {
    List<String> options = new ArrayList<>(javaOptions(engine));
    options.add("-XX:+UseSerialGC");
    // These JVMs live for a minute, too short for the second compiler to pay off.
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-Dlog4j2.configurationFile=" + ROOT.resolve(engine + "/conf/log4j2.properties"));
    options.add("-cp");
    options.add(classPath);
    options.addAll(Arrays.asList(more));
    return options;
  }

  /** The options in the engine's file of options of java. */
  static List<String> javaOptions(String engine) throws IOException {
    try (Stream<String> lines = Files.lines(ROOT.resolve(engine + "/conf/java-options"))) {
      return lines.filter(line -> !line.startsWith("#")).toList();
    }
  }

  private Engines() {}
}
