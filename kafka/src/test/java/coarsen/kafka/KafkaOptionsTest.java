package coarsen.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KafkaOptionsTest {
  private static final String SECRET = "canary-1f0c";

  @TempDir Path folder;

  private Path file(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("kafka.properties"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static KafkaClients clients(String... options) {
    var mixin = new KafkaOptions.Required();
    new CommandLine(new WithOptions(mixin)).parseArgs(options);
    return mixin.clients();
  }

  @CommandLine.Command
  private record WithOptions(@CommandLine.Mixin Object mixin) {}

  private KafkaClients clients(Path file) {
    return clients("--kafkaConfig=" + file);
  }

  private String refused(String text) throws IOException {
    Path file = file(text, "rw-------");
    var failure = assertThrows(CommandException.class, () -> clients(file));
    assertEquals(ExitCode.USAGE, failure.exitCode());
    String message = String.valueOf(failure.getMessage());
    assertEquals(1, message.lines().count());
    assertFalse(message.contains(SECRET), message);
    return message.replace(file.toString(), "FILE");
  }

  @Test
  void theBrokersMayStandInTheFileAndTheOptionWins() throws IOException {
    Path file = file("bootstrap.servers=a:1\n", "rw-------");
    assertEquals("a:1", clients(file).bootstrapServers());
    assertEquals(
        "b:2", clients("--kafkaConfig=" + file, "--bootstrapServers=b:2").bootstrapServers());
    assertEquals("b:2", clients("--bootstrapServers=b:2").bootstrapServers());
    assertFalse(clients(file).settings().names().contains("bootstrap.servers"));
    assertNull(new KafkaOptions.ForTopics().clients());
  }

  @Test
  void withoutBrokersTheOptionsAreWrong() throws IOException {
    Path file = file("client.rack=r\n", "rw-------");
    for (String[] options : new String[][] {{}, {"--kafkaConfig=" + file}}) {
      var failure = assertThrows(CommandException.class, () -> clients(options));
      assertEquals(ExitCode.USAGE, failure.exitCode());
      assertEquals(
          "no broker is named; give --bootstrapServers=HOST:PORT, or bootstrap.servers in"
              + " --kafkaConfig=FILE",
          failure.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "key.deserializer, messages and rows are bytes to Kafka's clients",
    "value.serializer, messages and rows are bytes to Kafka's clients",
    "enable.auto.commit, a run commits no offsets",
    "auto.offset.reset, --from says where reading begins",
    "group.id, Coarsen reads outside of consumer groups",
    "group.protocol, Coarsen reads outside of consumer groups",
    "client.id, each client of a run has a name of its own",
    "transactional.id, rows are not written in transactions",
    "enable.idempotence, rows are written once and in order",
    "acks, rows are written once and in order",
    "max.poll.records, --maxBatch says how many messages are read at once",
  })
  void whatCoarsenMustSetItselfIsRefusedWithAReason(String name, String reason) throws IOException {
    assertEquals(
        "--kafkaConfig=FILE: " + name + " is not for this file, because " + reason + "; remove it",
        refused("bootstrap.servers=a:1\n" + name + "=" + SECRET + "\n"));
  }

  @Test
  void aValueThatNoClientTakesIsRefused() throws IOException {
    assertEquals(
        "--kafkaConfig=FILE: Invalid value soon for configuration request.timeout.ms: Not a number"
            + " of type INT; correct it",
        refused("request.timeout.ms=soon\n"));
    assertTrue(refused("security.protocol=TLS\n").contains("configuration security.protocol"));
    assertTrue(refused("isolation.level=all\n").contains("configuration isolation.level"));
  }

  @Test
  void aFileThatCannotBeReadIsAWrongOption() throws IOException {
    for (Path file : new Path[] {folder.resolve("none"), folder}) {
      var failure = assertThrows(CommandException.class, () -> clients(file));
      assertEquals(ExitCode.USAGE, failure.exitCode());
      assertTrue(
          String.valueOf(failure.getMessage()).startsWith("--kafkaConfig=" + file + ": "),
          failure::getMessage);
    }
    assertTrue(refused("sasl.jaas.config=" + SECRET + "\\u12\n").contains("Java properties"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw-------"})
  void secretsThatOthersMayReadAreWarnedOf(String permissions) throws IOException {
    for (String secret :
        new String[] {"ssl.keystore.password", "sasl.jaas.config", "ssl.keystore.key"}) {
      Path file = file("bootstrap.servers=a:1\n" + secret + "=" + SECRET + "\n", permissions);
      assertEquals(
          permissions.equals("rw-r--r--")
              ? file + " has secrets, and others may read it; chmod 600 it"
              : "",
          logged(file));
    }
    assertEquals("", logged(file("bootstrap.servers=a:1\n", permissions)));
  }

  @Test
  void aNameThatNoClientKnowsIsWarnedOf() throws IOException {
    Path file = file("security.protcol=SSL\n" + SECRET + "\nbootstrap.servers=a:1\n", "rw-------");
    assertEquals(
        "security.protcol in " + file + " is not a setting of Kafka's clients", logged(file));
  }

  /** What is logged while a file is read, without the time and the logger. */
  private String logged(Path file) {
    var log = new ByteArrayOutputStream();
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      var unused = clients(file);
    } finally {
      System.setErr(stderr);
    }
    return log.toString(UTF_8).replaceAll("(?m)^.*? - ", "").strip();
  }

  @Test
  void noSecretIsInWhatIsPrintedShownOrSentToWorkers() throws Exception {
    Path file =
        file(
            "bootstrap.servers=a:1\nisolation.level=read_uncommitted\nssl.key.password=" + SECRET,
            "rw-------");
    KafkaClients clients = clients(file);
    assertEquals(SECRET, clients.connection().get("ssl.key.password"));
    assertEquals(
        "KafkaClients[bootstrapServers=a:1, settings=--kafkaConfig=" + file + "]",
        clients.toString());
    assertFalse(clients.consumerDefaults().containsValue(SECRET));

    var sent = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(sent)) {
      out.writeObject(clients);
    }
    assertFalse(sent.toString(ISO_8859_1).contains(SECRET));
    Files.delete(file); // A pipe can be read but once.
    try (var in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      var received = (KafkaClients) in.readObject();
      assertEquals(clients, received);
      assertEquals(SECRET, received.connection().get("ssl.key.password"));
      assertEquals(IsolationLevel.READ_UNCOMMITTED, received.isolation());
    }
  }
}
