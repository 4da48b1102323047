package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.EmbeddedBroker;
import coarsen.viewer.VerifyCommand;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a message holds, a run rejects it and goes on. */
class RejectsIT {
  private static final String TOPIC = "long-messages";
  private static final List<Integer> LENGTHS = List.of(800_000, 1_000_000);

  private static EmbeddedBroker broker;
  private static String servers;

  @TempDir Path folder;

  @BeforeAll
  static void produce() throws Exception {
    broker = EmbeddedBroker.startTemporary(0);
    servers = broker.bootstrapServers();
    try (var producer = new KafkaClients(servers).producer(Map.of())) {
      for (int length : LENGTHS) {
        send(producer, "{\"ts\":\"2021-01-23T12:00:01Z\",\"value\":1}");
        send(producer, "x".repeat(length));
        send(producer, "{\"ts\":\"2021-01-23T12:00:02Z\",\"value\":2}");
      }
    }
  }

  private static void send(
      org.apache.kafka.clients.producer.Producer<byte[], byte[]> producer, String value)
      throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, 0, null, value.getBytes(UTF_8))).get();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void messagesAlmostAsLongAsABrokerTakesAreRejectedToATopic() throws Exception {
    assertRejects("topic:long-");
    assertCut(Recomputed.topic(servers, "long-rejected"));
  }

  @Test
  void messagesAlmostAsLongAsABrokerTakesAreRejectedToFiles() throws Exception {
    assertRejects("files:" + folder + "/");
    assertCut(Recomputed.folder(folder.resolve("rejected")));
  }

  private static void assertRejects(String place) {
    assertEquals(
        "",
        execute(
            new RunCommand(),
            "--bootstrapServers=" + servers,
            "--topic=" + TOPIC,
            "--from=earliest",
            "--until=end",
            "--rawOutput=" + place + "raw",
            "--reducedOutput=" + place + "reduced",
            "--rejectedOutput=" + place + "rejected"));
    assertEquals(
        "",
        execute(
            new VerifyCommand(),
            "--bootstrapServers=" + servers,
            "--topic=" + TOPIC,
            "--raw=" + place + "raw",
            "--reduced=" + place + "reduced",
            "--rejected=" + place + "rejected",
            "--complete"));
  }

  private static void assertCut(List<JsonNode> rows) {
    assertEquals(LENGTHS, rows.stream().map(row -> row.get("payload_bytes").intValue()).toList());
    assertTrue(rows.stream().allMatch(row -> row.get("payload_sha256").textValue().length() == 64));
    assertEquals(List.of(1, 4), rows.stream().map(row -> row.get("offset").intValue()).toList());
  }

  /** What a command prints as errors; it must end well. */
  private static String execute(Callable<Integer> command, String... arguments) {
    var err = new StringWriter();
    var out = new StringWriter();
    int exitCode =
        Commands.commandLine(command)
            .setErr(new PrintWriter(err))
            .setOut(new PrintWriter(out))
            .execute(arguments);
    assertEquals(ExitCode.OK, exitCode, () -> out + "\n" + err);
    return err.toString();
  }
}
