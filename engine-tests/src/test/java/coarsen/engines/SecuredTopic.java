package coarsen.engines;

import coarsen.kafka.KafkaClients;
import coarsen.testbed.Certificates;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A broker that wants a login and a client certificate over TLS, with a topic of {@link
 * ReadingWriter#transactions} and five messages that are not readings.
 */
final class SecuredTopic implements AutoCloseable {
  static final String NAME = "secured";
  private static final String BROKER = "broker";
  private static final String CLIENT = "client";

  private final Path place;
  private final Certificates certificates;
  private final Login login;
  private final EmbeddedBroker broker;

  /**
   * @param place of the files that have secrets; exists
   */
  SecuredTopic(Path place) throws Exception {
    this.place = place;
    certificates = new Certificates(place, secret(), secret());
    certificates.make(BROKER);
    certificates.make(CLIENT);
    login = new Login("SCRAM-SHA-512", "alice", secret());
    Map<String, String> settings = new HashMap<>(certificates.keystore(BROKER));
    settings.putAll(certificates.truststore(CLIENT));
    settings.put("ssl.client.auth", "required");
    broker = login.startBroker(settings);
    var direct = new KafkaClients(broker.directServers());
    ReadingWriter.transactions(direct, NAME);
    try (var writer = new ReadingWriter(direct, NAME, 3)) {
      for (int i = 0; i < 5; i++) {
        writer.write(i % 3, "not a reading");
      }
    }
  }

  private static String secret() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** What nothing may show. */
  Canaries canaries() {
    return new Canaries(
        Map.of(
            "password of the login",
            login.password(),
            "password of the keystore",
            certificates.keyPassword(),
            "password of the truststore",
            certificates.trustPassword()));
  }

  /** Writes or replaces a file of {@code --kafkaConfig}. */
  Path config(String name) throws IOException {
    return write(name, login);
  }

  /** Writes or replaces one with a wrong password, of which the right one is a part. */
  Path wrongConfig(String name) throws IOException {
    return write(name, new Login(login.mechanism(), login.user(), login.password() + "x"));
  }

  private Path write(String name, Login with) throws IOException {
    Map<String, String> settings = new HashMap<>(with.clientSettings("SASL_SSL"));
    settings.putAll(certificates.truststore(BROKER));
    settings.putAll(certificates.keystore(CLIENT));
    settings.put("bootstrap.servers", broker.bootstrapServers());
    var text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Path file = Files.createTempFile(place, "new", ".properties");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, text);
    return Files.move(file, place.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The rows of a run that logs in.
   *
   * @param config one of the files
   * @param place what the names of the outputs begin with, such as {@code topic:RUN}
   */
  Rows rows(Path config, String place) {
    return new Rows(broker.directServers(), "--kafkaConfig=" + config, NAME, place);
  }

  @Override
  public void close() {
    broker.close();
  }
}
