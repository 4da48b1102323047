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
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages as people send them: a run reads them with options, and verify with the same ones. */
class FormatsIT {
  private static EmbeddedBroker broker;

  @TempDir Path folder;
  private String printed = "";

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(0);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void anEnvelopeWithSecondsAndNumbersInStringsBalances() {
    send(
        "envelopes",
        1_611_403_975_000L,
        "{\"schema\":{\"ts\":1},\"payload\":{\"ts\":1611403975.123456,\"v\":[0,\"12.5\"]}}",
        "{\"payload\":{\"ts\":\"1611403976\",\"v\":[0,13]}}",
        "{\"payload\":{\"ts\":\"2021-01-23T12:12Z\",\"v\":[0,14]}}",
        "{\"payload\":{\"ts\":4611403976,\"v\":[0,15]}}",
        "{\"payload\":{\"ts\":1611403977,\"v\":[]}}",
        "{\"ts\":1611403977,\"value\":1}");
    runAndVerify(
        "envelopes",
        4,
        2,
        "--timestampField=/payload/ts",
        "--valueField=/payload/v/1",
        "--timestampUnit=s",
        "--numbersInStrings",
        "--maxFutureSkew=off");
  }

  @Test
  void timesByAPatternBalance() {
    send(
        "patterns",
        1_635_700_000_000L,
        "{\"ts\":\"31.10.2021 02:30:00\",\"value\":1}",
        "{\"ts\":\"31.10.2021 02:30:04\",\"value\":2}",
        "{\"ts\":\"2021-10-31T02:30:05Z\",\"value\":3}");
    runAndVerify(
        "patterns", 2, 1, "--timestampFormat=dd.MM.yyyy HH:mm:ss", "--inputZone=Europe/Berlin");
  }

  @Test
  void kafkasTimeBalances() {
    long now = System.currentTimeMillis();
    send("kafka-time", now, "{\"value\":1}", "{\"value\":2}", "{\"ts\":\"x\",\"value\":3}", "{}");
    send("kafka-time", 1_611_403_975L, "{\"value\":4}"); // Seconds, which can't be true.
    runAndVerify("kafka-time", 3, 2, "--timestampField=@kafka");
  }

  @Test
  void arraysOfObjectsWithSeveralValuesBalanceAndALostReadingIsFound() throws IOException {
    send(
        "arrays",
        1_611_403_975_000L,
        "[{\"ts\":1611403971000,\"a\":1,\"b\":2},{\"ts\":1611403972000,\"a\":3,\"b\":\"4\"},{},7]",
        "{\"ts\":1611403973000,\"a\":5,\"b\":6}",
        "[{\"ts\":1611403974000,\"a\":7},{\"ts\":1611403975000,\"a\":8,\"b\":9}]",
        "[]");
    runAndVerify("arrays", 8, 5, "--valueField=a,b");

    String row = "\"offset\":2,\"index\":3,";
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("raw"))) {
      files = all.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
    for (Path file : files) {
      Files.write(
          file, Files.readAllLines(file).stream().filter(line -> !line.contains(row)).toList());
    }
    assertEquals(
        ExitCode.FAILED,
        execute(new VerifyCommand(), outputs("arrays", false), "--valueField=a,b"));
    assertTrue(
        printed.contains("reading 0:2:3: expected in raw or rejected, found in neither"),
        () -> printed);
  }

  @Test
  void lineProtocolBalancesAlsoWhereAMessageHoldsNoReading() {
    send(
        "lines",
        1_611_403_975_000L,
        "cpu,host=a v=1,w=2i,s=\"x\\ny\" 1611403971000000000\ncpu v=x 7\ncpu v=3",
        "cpu s=\"x\",b=t 1611403972000000000",
        "cpu,host=b v=1e999,w=4,u=5 1611403973000000000\n# comment",
        "");
    runAndVerify("lines", 4, 3, "--format=influx", "--valueField=v,w");
    assertTrue(printed.replaceAll(" +", " ").contains(" without a reading 1\n"), printed);
  }

  private static void send(String topic, long kafkaMillis, String... messages) {
    try (Producer<byte[], byte[]> producer =
        new KafkaClients(broker.bootstrapServers()).producer(Map.of())) {
      for (String message : messages) {
        var unused =
            producer.send(
                new ProducerRecord<>(topic, 0, kafkaMillis, null, message.getBytes(UTF_8)));
      }
    }
  }

  private void runAndVerify(String topic, int readings, int rejects, String... format) {
    assertEquals(
        ExitCode.OK, execute(new RunCommand(), outputs(topic, true), format), () -> printed);
    assertEquals(
        ExitCode.OK, execute(new VerifyCommand(), outputs(topic, false), format), () -> printed);
    String counts = printed.replaceAll(" +", " ");
    assertTrue(counts.contains("rejected " + rejects + "\n"), counts);
    assertTrue(counts.contains("raw rows " + readings + "\n"), counts);
  }

  private List<String> outputs(String topic, boolean isRun) {
    String suffix = isRun ? "Output" : "";
    return Stream.concat(
            Stream.of("raw", "reduced", "rejected")
                .map(kind -> "--" + kind + suffix + "=files:" + folder.resolve(kind)),
            isRun
                ? Stream.of("--topic=" + topic, "--from=earliest", "--until=end")
                : Stream.of("--topic=" + topic, "--complete", "--deep"))
        .toList();
  }

  private int execute(Callable<Integer> command, List<String> outputs, String... format) {
    var lines = new StringWriter();
    int exitCode =
        Commands.commandLine(command)
            .setOut(new PrintWriter(lines))
            .setErr(new PrintWriter(lines))
            .execute(
                Stream.of(
                        Stream.of("--bootstrapServers=" + broker.bootstrapServers()),
                        outputs.stream(),
                        Stream.of(format))
                    .flatMap(options -> options)
                    .toArray(String[]::new));
    printed = lines.toString();
    return exitCode;
  }
}
