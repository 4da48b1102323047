package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.pipeline.InspectCommand;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.EmbeddedBroker;
import coarsen.viewer.VerifyCommand;
import coarsen.viewer.ViewCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own topic: what {@code inspect} prints is pasted into a shell, and works. */
class InspectIT {
  private static final long START = 1_709_572_232L;
  private static final int PARTITIONS = 4;

  private static EmbeddedBroker broker;

  @TempDir Path folder;
  private String printed = "";

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(0);
    send("small", 8, i -> "{\"ts\":%d,\"value\":%d}".formatted((START + i) * 1_000, i));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static void send(String topic, int count, IntFunction<String> message) {
    var clients = new KafkaClients(broker.bootstrapServers());
    try (var topics = new Topics(clients);
        Producer<byte[], byte[]> producer = clients.producer(Map.of())) {
      assertEquals(PARTITIONS, topics.ensure(topic, PARTITIONS, line -> {}));
      for (int i = 0; i < count; i++) {
        byte[] key = ("key-" + i % 8).getBytes(UTF_8);
        long kafkaMillis = START * 1_000 + i * 10L + 2_000;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, i % PARTITIONS, kafkaMillis, key, message.apply(i).getBytes(UTF_8)));
      }
    }
  }

  @Test
  void theLinesThatArePrintedForAPressWork() throws Exception {
    send(
        "press",
        100_000,
        i ->
            "{\"device\":\"press-04\",\"line\":\"assembly-2\",\"temp\":%s,\"vibration\":0.41,\"ts\":%d}"
                .formatted(70 + i % 100 / 10.0, START + i / 100));
    assertEquals(ExitCode.OK, execute(new InspectCommand(), "--topic=press"), () -> printed);
    assertTrue(printed.contains("topic        press, 4 partitions, 100,000 messages\n"), printed);
    assertTrue(printed.contains("compression  lz4\n"), printed);
    assertTrue(printed.contains("rejects      none of 1,000 messages\n"), printed);
    assertTrue(printed.contains("series       none; 8 with --seriesField=@key\n"), printed);
    assertTrue(printed.lines().count() <= 40, printed);
    assertTrue(printed.lines().allMatch(line -> line.length() <= 100), printed);
    String inspected = printed;
    List<String> run = pasted("run", inspected);
    assertTrue(run.containsAll(List.of("--timestampUnit=s", "--valueField=temp")), printed);
    runAndVerify(inspected, 100_000);
    // From second 2 of a window to second 1 of another.
    assertTrue(printed.contains("windows checked 201\n"), printed);
  }

  @Test
  void theLinesThatArePrintedForAnEnvelopeWork() throws Exception {
    send(
        "envelope",
        400,
        i ->
            "{\"schema\":{\"fields\":[{\"field\":\"ts\"}]},\"payload\":{\"id\":%d,\"ts\":%d,\"temp in '°C'\":\"%d\"}}"
                .formatted(i, START * 1_000 + i * 10L - (i % 20 < PARTITIONS ? 3_500 : 0), i % 7));
    assertEquals(ExitCode.OK, execute(new InspectCommand(), "--topic=envelope"), () -> printed);
    String inspected = printed;
    assertTrue(
        pasted("run", inspected)
            .containsAll(
                List.of(
                    "--timestampField=/payload/ts",
                    "--valueField=/payload/temp in '°C'",
                    "--numbersInStrings",
                    "--maxOutOfOrder=5s")),
        inspected);
    runAndVerify(inspected, 400);
  }

  @Test
  void theLinesThatArePrintedForLineProtocolWork() throws Exception {
    send(
        "telegraf",
        400,
        i ->
            "cpu,host=web\\ 01 n=%di,usage_idle=%s,msg=\"a b\" %d000000000"
                .formatted(i, 90 + i % 7 / 2.0, START + i / 100));
    assertEquals(ExitCode.OK, execute(new InspectCommand(), "--topic=telegraf"), () -> printed);
    String inspected = printed;
    assertTrue(
        pasted("run", inspected).containsAll(List.of("--format=influx", "--valueField=usage_idle")),
        inspected);
    runAndVerify(inspected, 400);
  }

  @Test
  void theSeriesThatAreSaidOfLineProtocolAreThoseThatARunFinds() {
    send(
        "racks",
        400,
        i ->
            "cpu,host=web\u202e%d,rack=r%d usage_idle=%d %d000000000"
                .formatted(i % 3, i % 2, i % 7, START + i / 100));
    assertEquals(ExitCode.OK, execute(new InspectCommand(), "--topic=racks"), () -> printed);
    assertTrue(
        printed.contains(
            "series       none; 6 with --seriesField=@series, 3 with --seriesField=host, 8 with\n"),
        printed);
    List<String> check =
        List.of(
            "--topic=racks",
            "--format=influx",
            "--valueField=usage_idle",
            "--seriesField=@series",
            "--reducedOutput=files:" + folder.resolve("reduced"),
            "--check");
    assertEquals(ExitCode.OK, execute(new RunCommand(), check), () -> printed);
    assertTrue(
        printed.contains("series       6, such as host=web\\u202e0,measurement=cpu,rack=r0 ("),
        printed);
    assertTrue(printed.contains("rejects      none of 400 messages\n"), printed);
  }

  private void runAndVerify(String inspected, int readings) throws Exception {
    assertEquals(ExitCode.OK, execute(new RunCommand(), pasted("run", inspected)), () -> printed);
    Path picture = folder.resolve("plot.png");
    List<String> view = new ArrayList<>(pasted("view", inspected));
    view.addAll(List.of("--show=none", "--snapshot=" + picture));
    assertEquals(ExitCode.OK, execute(new ViewCommand(), view), () -> printed);
    assertNotNull(ImageIO.read(picture.toFile()));
    assertEquals(
        ExitCode.OK, execute(new VerifyCommand(), pasted("verify", inspected)), () -> printed);
    printed = printed.replaceAll(" +", " ");
    assertTrue(printed.contains("raw rows %,d\n".formatted(readings)), printed);
    assertTrue(printed.contains("everything balances"), printed);
  }

  /** The arguments that a shell makes of a line that was printed, with outputs in the folder. */
  private List<String> pasted(String command, String inspected) throws Exception {
    String from = inspected.substring(inspected.indexOf("  ./coarsen " + command + " "));
    String line = from.lines().takeWhile(next -> next.startsWith("  ")).reduce("", InspectIT::join);
    int end = line.indexOf("\n  ./coarsen", 1);
    Path program = folder.resolve("coarsen");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertTrue(program.toFile().setExecutable(true));
    Process shell =
        new ProcessBuilder("bash", "-c", end < 0 ? line : line.substring(0, end))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> words = new String(shell.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(command, words.get(0));
    return words.stream()
        .skip(1)
        .map(word -> word.replace("=files:out/", "=files:" + folder + "/out/"))
        .toList();
  }

  private static String join(String before, String line) {
    return before + "\n" + line;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | --topic=small --rawOutput=topic:check-raw --reducedOutput=files:DIR/a/reduced | would run
          1 | --topic=small --valueField=v --reducedOutput=topic:check-reduced              | would reject every message
          2 | --topic=small --reducedOutput=topic:check-reduced --foo=1                     | foo
          2 | --topic=small                                                                | no output
          3 | --topic=none --reducedOutput=topic:check-reduced                              | there is no topic 'none'
          1 | --topic=small --reducedOutput=files:/dev/null/x                               | /dev/null is not a folder
          """)
  void aCheckSaysWhetherItWouldRunAndLeavesNothing(int exitCode, String options, String said)
      throws Exception {
    Set<String> before = names();
    List<String> given = Arrays.asList(options.replace("DIR", folder.toString()).split(" ", -1));
    assertEquals(
        exitCode,
        execute(new RunCommand(), Stream.concat(given.stream(), Stream.of("--check")).toList()),
        () -> printed);
    String last = printed.lines().reduce((line, next) -> next).orElseThrow();
    assertTrue(last.contains(said), printed);
    assertEquals(before, names());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** The topics and the consumer groups of the broker. */
  private static Set<String> names() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Set<String> names = new TreeSet<>(admin.listTopics().names().get());
      admin
          .listConsumerGroups()
          .all()
          .get()
          .forEach(group -> names.add("group " + group.groupId()));
      return names;
    }
  }

  @Test
  void anEmptyTopicAndOneThatIsNotThereAreTold() throws IOException {
    send("empty", 0, i -> "");
    assertEquals(ExitCode.OK, execute(new InspectCommand(), "--topic=empty"), () -> printed);
    assertTrue(printed.contains("The topic is empty."), printed);
    assertTrue(printed.contains("  ./coarsen run --bootstrapServers="), printed);
    assertEquals(
        ExitCode.UNAVAILABLE, execute(new InspectCommand(), "--topic=none"), () -> printed);
    assertTrue(printed.contains("there is no topic 'none'"), printed);
  }

  private int execute(Callable<Integer> command, String... options) {
    return execute(command, List.of(options));
  }

  private int execute(Callable<Integer> command, List<String> options) {
    var lines = new StringWriter();
    List<String> all = new ArrayList<>(options);
    if (options.stream().noneMatch(option -> option.startsWith("--bootstrapServers"))) {
      all.add("--bootstrapServers=" + broker.bootstrapServers());
    }
    int exitCode =
        Commands.commandLine(command)
            .setOut(new PrintWriter(lines))
            .setErr(new PrintWriter(lines))
            .execute(all.toArray(String[]::new));
    printed = lines.toString();
    return exitCode;
  }
}
