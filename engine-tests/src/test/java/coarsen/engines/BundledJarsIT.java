package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the jars for clusters must and must not contain. */
class BundledJarsIT {
  /** Clients of clouds and registries, on which Beam depends and which nothing here uses. */
  private static final List<String> UNUSED =
      List.of(
          "com/google/api/",
          "com/google/auth/",
          "com/google/cloud/",
          "com/ibm/icu/",
          "io/apicurio/",
          "io/confluent/",
          "io/grpc/",
          "kotlin/");

  /** What the cluster provides in its own version. */
  private static final List<String> PROVIDED =
      List.of(
          "org/apache/spark/",
          "org/apache/flink/",
          "org/apache/hadoop/",
          "org/apache/logging/",
          "org/slf4j/",
          "scala/",
          "com/google/common/");

  @Test
  void theJarForSparkIsSmallAndContainsNothingThatSparkProvides() throws IOException {
    assertSmallerThan(64_000_000, Engines.SPARK_JAR);
    try (var jar = new JarFile(Engines.SPARK_JAR.toFile())) {
      assertBundle(jar, "org.apache.beam.runners.spark.SparkRunnerRegistrar$Runner");
      assertNothingOf(List.of("com/fasterxml/jackson/"), jar);
      assertServices(
          jar,
          "org.apache.beam.sdk.io.FileSystemRegistrar",
          "org.apache.beam.sdk.io.LocalFileSystemRegistrar",
          "org.apache.beam.sdk.io.hdfs.HadoopFileSystemRegistrar");
      assertEquals(Set.of("coarsen.spark.SparkEngine"), services(jar, "coarsen.pipeline.Engine"));
    }
  }

  @Test
  void theJarForFlinkIsSmallAndContainsNothingThatFlinkProvides() throws IOException {
    assertSmallerThan(78_000_000, Engines.FLINK_JAR);
    try (var jar = new JarFile(Engines.FLINK_JAR.toFile())) {
      assertBundle(jar, "org.apache.beam.runners.flink.FlinkRunnerRegistrar$Runner");
      assertServices(
          jar,
          "org.apache.beam.sdk.io.FileSystemRegistrar",
          "org.apache.beam.sdk.io.LocalFileSystemRegistrar");
      assertEquals(Set.of("coarsen.flink.FlinkEngine"), services(jar, "coarsen.pipeline.Engine"));
    }
  }

  private static void assertSmallerThan(long bytes, Path jar) throws IOException {
    long size = Files.size(jar);
    assertTrue(size < bytes, () -> "%s has %,d bytes".formatted(jar.getFileName(), size));
  }

  private static void assertBundle(JarFile jar, String runner) throws IOException {
    assertNothingOf(UNUSED, jar);
    assertNothingOf(PROVIDED, jar);
    assertUnsigned(jar);
    for (String name : List.of("LICENSE", "NOTICE")) {
      assertEquals(Files.readString(Engines.ROOT.resolve(name)), text(jar, "META-INF/" + name));
    }
    assertServices(jar, "org.apache.beam.sdk.runners.PipelineRunnerRegistrar", runner);
  }

  private static void assertNothingOf(List<String> folders, JarFile jar) {
    assertEquals(
        List.of(), names(jar).filter(name -> folders.stream().anyMatch(name::startsWith)).toList());
  }

  /** The signatures of the single jars do not match the bundle: java would refuse to start. */
  private static void assertUnsigned(JarFile jar) {
    assertEquals(
        List.of(), names(jar).filter(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)")).toList());
  }

  /** Several jars have a file of this name; without a merge only one of them would be kept. */
  private static void assertServices(JarFile jar, String service, String... wanted)
      throws IOException {
    Set<String> services = services(jar, service);
    assertTrue(services.containsAll(Set.of(wanted)), () -> service + ": " + services);
  }

  private static Set<String> services(JarFile jar, String service) throws IOException {
    return text(jar, "META-INF/services/" + service)
        .lines()
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (InputStream bytes = jar.getInputStream(jar.getEntry(name))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Stream<String> names(JarFile jar) {
    return jar.stream().map(ZipEntry::getName);
  }
}
