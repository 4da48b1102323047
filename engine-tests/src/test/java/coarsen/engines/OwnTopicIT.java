package coarsen.engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.pipeline.InspectCommand;
import coarsen.testbed.Certificates;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.Login;
import coarsen.viewer.VerifyCommand;
import coarsen.viewer.ViewCommand;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On clusters, the run that {@code inspect} prints for a topic reads it. */
@Tag("long")
class OwnTopicIT {
  private static final int MESSAGES = 100_000;
  private static final int PARTITIONS = 4;
  private static final long START_SECONDS = 1_709_572_232;

  /** From second 2 of a window, over 1,000 seconds. */
  private static final String WINDOWS = "windows checked 201\n";

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Path login;

  /** Starts a run on a cluster. */
  private interface Cluster {
    JavaProcess submit(String... options) throws IOException;
  }

  @BeforeAll
  static void start() throws Exception {
    var certificates = new Certificates(folder, "of the keys", "of the trust");
    certificates.make("broker");
    var user = new Login("SCRAM-SHA-512", "alice", "of alice");
    broker = user.startBroker(certificates.keystore("broker"));
    Map<String, String> settings = new HashMap<>(user.clientSettings("SASL_SSL"));
    settings.putAll(certificates.truststore("broker"));
    settings.put("bootstrap.servers", broker.bootstrapServers());
    var text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    login = Files.writeString(folder.resolve("kafka.properties"), text);
    send(
        "press",
        i ->
            String.format(
                Locale.ROOT,
                "{\"device\":\"press-04\",\"line\":\"assembly-2\",\"temp\":%.1f,\"vibration\":0.41,\"ts\":%d}",
                celsius(i),
                START_SECONDS + i / 100));
    send(
        "envelope",
        i ->
            String.format(
                Locale.ROOT,
                "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"ts\":%d,\"temp\":%.1f}}",
                START_SECONDS * 1_000 + i * 10L,
                celsius(i)));
    send(
        "telegraf",
        i ->
            String.format(
                Locale.ROOT,
                """
            cpu,cpu=cpu0,host=press-04 usage_idle=%.1f,usage_user=1.5,cores=8i,up=t %d
            system,host=press-04 uptime_format="1 day, 2:03" %2$d
            """,
                celsius(i),
                START_SECONDS * 1_000_000_000 + i * 10_000_000L));
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static double celsius(int i) {
    return 70 + 10 * Math.sin(i / 10_000.0) + i % 10 / 10.0;
  }

  private static void send(String topic, IntFunction<String> message) {
    var clients = new KafkaClients(broker.directServers());
    try (var topics = new Topics(clients);
        Producer<byte[], byte[]> producer = clients.producer(Map.of())) {
      assertEquals(PARTITIONS, topics.ensure(topic, PARTITIONS, line -> {}));
      for (int i = 0; i < MESSAGES; i++) {
        byte[] value = message.apply(i).getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, value));
      }
    }
  }

  @Test
  void onFlink() throws Exception {
    Path place = Files.createDirectory(folder.resolve("flink"));
    try (FlinkCluster cluster = FlinkCluster.start(place)) {
      assertTopicsAreRead(place, options -> cluster.submit(List.of("-p", "4"), options));
    }
  }

  @Test
  void onSpark() throws Exception {
    Path place = Files.createDirectory(folder.resolve("spark"));
    try (SparkCluster cluster = SparkCluster.start(place)) {
      assertTopicsAreRead(
          place,
          options ->
              cluster.submit(
                  List.of("--executor-cores", "2", "--total-executor-cores", "4"),
                  Stream.concat(
                          Stream.of(options),
                          Stream.of("--checkpointDir=" + place.resolve("state")))
                      .toArray(String[]::new)));
    }
  }

  private static void assertTopicsAreRead(Path place, Cluster cluster) throws Exception {
    String direct = "--bootstrapServers=" + broker.directServers();
    assertIsRead("press", direct, place.resolve("plain"), cluster);
    assertIsRead("envelope", direct, place.resolve("plain"), cluster);
    assertIsRead("telegraf", direct, place.resolve("plain"), cluster);
    assertIsRead("press", "--kafkaConfig=" + login, place.resolve("secured"), cluster);
  }

  private static void assertIsRead(String topic, String connection, Path out, Cluster cluster)
      throws Exception {
    String inspected = execute(new InspectCommand(), "--topic=" + topic, connection);
    try (JavaProcess run = cluster.submit(pasted("run", inspected, out))) {
      assertEquals(ExitCode.OK, run.exitCode(Duration.ofMinutes(4)), run.output());
    }
    String verified = execute(new VerifyCommand(), pasted("verify", inspected, out));
    assertTrue(verified.contains("raw rows 100,000\n"), verified);
    assertTrue(verified.contains(WINDOWS), verified);
    assertTrue(verified.contains("everything balances"), verified);
    Path picture = out.resolve("plot.png");
    String unused =
        execute(
            new ViewCommand(),
            Stream.concat(
                    Stream.of(pasted("view", inspected, out)),
                    Stream.of("--show=none", "--snapshot=" + picture))
                .toArray(String[]::new));
    assertShowsBothLines(ImageIO.read(picture.toFile()));
  }

  /** The arguments that a shell makes of a command line that was printed. */
  private static String[] pasted(String command, String inspected, Path out) throws Exception {
    Matcher line =
        Pattern.compile("(?m)^  \\./coarsen " + command + " ((?:.*\\\\\\n)*.*)$")
            .matcher(inspected);
    assertTrue(line.find(), inspected);
    Process shell = new ProcessBuilder("bash", "-c", "printf '%s\\n' " + line.group(1)).start();
    String words = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, shell.waitFor());
    return words
        .lines()
        .map(word -> word.replace("files:out/", "files:" + out + "/"))
        .toArray(String[]::new);
  }

  /** What a command that must succeed has printed, with one space where there are several. */
  private static String execute(Callable<Integer> command, String... options) {
    var lines = new StringWriter();
    int exitCode =
        Commands.commandLine(command)
            .setOut(new PrintWriter(lines))
            .setErr(new PrintWriter(lines))
            .execute(options);
    assertEquals(ExitCode.OK, exitCode, lines.toString());
    return command instanceof InspectCommand
        ? lines.toString()
        : lines.toString().replaceAll(" +", " ");
  }

  private static void assertShowsBothLines(BufferedImage picture) {
    int blue = 0;
    int red = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        int rgb = picture.getRGB(x, y);
        int r = rgb >> 16 & 0xff;
        int b = rgb & 0xff;
        blue += b - r > 100 ? 1 : 0;
        red += r - b > 100 ? 1 : 0;
      }
    }
    assertTrue(blue > 500 && red > 500, blue + " blue and " + red + " red pixels");
  }
}
