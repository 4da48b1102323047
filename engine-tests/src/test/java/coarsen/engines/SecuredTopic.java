package coarsen.engines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.testbed.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.stream.Stream;

/** A broker that wants a login, with a topic of {@link ReadingWriter#transactions}. */
final class SecuredTopic implements AutoCloseable {
  private static final String TOPIC = "secured";
  private static final String SECRET = "canary-93b5f2";
  private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String LISTENER = "listener.name.clients.";

  private final EmbeddedBroker broker =
      EmbeddedBroker.startSecured(
          "SASL_PLAINTEXT",
          Map.of(
              LISTENER + "sasl.enabled.mechanisms",
              "PLAIN",
              LISTENER + "plain.sasl.jaas.config",
              MODULE + " required user_alice=\"" + SECRET + "\";"));
  private final Rows rows = new Rows(broker.directServers(), TOPIC, TOPIC);
  private final Path folder;
  private final Path config;

  /**
   * @param folder of this topic's runs; the login is not in it
   */
  SecuredTopic(Path folder) throws IOException {
    ReadingWriter.transactions(new KafkaClients(broker.directServers()), TOPIC);
    this.folder = folder;
    config = Files.createTempFile("kafka", ".properties");
    Files.writeString(
        config,
        """
        bootstrap.servers=%s
        security.protocol=SASL_PLAINTEXT
        sasl.mechanism=PLAIN
        sasl.jaas.config=%s required username="alice" password="%s";
        """
            .formatted(broker.bootstrapServers(), MODULE, SECRET));
  }

  /** The options of a run to the end that logs in, followed by more. */
  String[] options(String... more) {
    return Stream.concat(
            Stream.of(rows.options("--until=end"))
                .map(
                    option ->
                        option.startsWith("--bootstrapServers=")
                            ? "--kafkaConfig=" + config
                            : option),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /**
   * Asserts that the rows are complete, and that nothing that is left or printed has the secret.
   */
  void assertCompleteWithoutSecrets(String printed) throws IOException {
    assertTrue(rows.verified("--complete").contains("raw rows 130\n"));
    assertFalse(printed.contains(SECRET), printed);
    Files.walkFileTree(folder, new WithoutSecrets());
  }

  /** The engine's JVMs may delete files meanwhile. */
  private static final class WithoutSecrets extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        if (!file.toString().endsWith(".jar")) {
          assertEquals(-1, Files.readString(file, ISO_8859_1).indexOf(SECRET), file::toString);
        }
      } catch (NoSuchFileException e) {
        // It was the engine's.
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void close() {
    broker.close();
    var unused = config.toFile().delete();
  }
}
