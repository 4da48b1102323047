package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.EmbeddedBroker;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of line protocol, as Telegraf sends them: each row is as the test expects it. */
class InfluxIT {
  private static final String TOPIC = "telegraf";
  private static final int MESSAGES = 2_000;
  private static final int PARTITIONS = 2;
  private static final long START_MILLIS = Instant.parse("2021-01-23T12:00:00Z").toEpochMilli();

  private static EmbeddedBroker broker;
  private static final List<Metrics> SENT = new ArrayList<>();

  @TempDir Path folder;

  /** A message while it is written, and what a run should read in it. */
  private static final class Metrics {
    private final String place;
    private final long millis;
    private final StringBuilder text = new StringBuilder();
    private final List<Field> fields = new ArrayList<>();
    private final List<String> rejects = new ArrayList<>();
    private int index;
    private int booleansAndTexts;

    private record Field(String name, int index, String row) {}

    Metrics(int partition, long offset, long millis) {
      place = partition + ":" + offset + ":";
      this.millis = millis;
    }

    /** A line with numbers, texts and booleans; its time is in microseconds, or Kafka's. */
    void line(String head, Map<String, Object> values, long micros, boolean hasTime) {
      text.append(head).append(' ');
      long time = hasTime ? micros : millis * 1_000;
      String ts = Instant.ofEpochSecond(0, time * 1_000).toString();
      text.append(
          values.entrySet().stream()
              .map(field -> field.getKey() + "=" + written(field.getValue()))
              .collect(Collectors.joining(",")));
      text.append(hasTime ? " " + (micros * 1_000 + 999) : "").append('\n');
      values.forEach(
          (name, value) -> {
            if (value instanceof Number number) {
              double nearest = number.doubleValue();
              fields.add(new Field(name, index, place + index + " " + ts + " " + nearest));
            } else {
              booleansAndTexts++;
            }
            index++;
          });
    }

    private static String written(Object value) {
      return value instanceof Long
          ? value + "i"
          : value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    void badLine(String line, String reason) {
      text.append(line).append('\n');
      rejects.add(place + index++ + " " + reason);
    }
  }

  @BeforeAll
  static void produce() throws Exception {
    broker = EmbeddedBroker.startTemporary(0);
    var kafka = new KafkaClients(broker.bootstrapServers());
    try (var admin = kafka.admin(Map.of())) {
      admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    }
    var random = new Random(8);
    try (var producer = kafka.producer(Map.of())) {
      for (int i = 0; i < MESSAGES; i++) {
        long millis = START_MILLIS + 10L * i;
        Metrics metrics = metrics(random, i, millis);
        SENT.add(metrics);
        byte[] value = metrics.text.toString().getBytes(UTF_8);
        var unused =
            producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, millis, null, value));
      }
    }
  }

  private static Metrics metrics(Random random, int i, long millis) {
    var metrics = new Metrics(i % PARTITIONS, i / PARTITIONS, millis);
    for (int cpu = 0; cpu < 2; cpu++) {
      Map<String, Object> usage = new LinkedHashMap<>();
      usage.put("usage_idle", random.nextInt(800) / 8.0);
      usage.put("usage_user", -random.nextInt(800) / 8.0);
      usage.put("online", random.nextBoolean());
      metrics.line(
          "cpu,cpu=cpu" + cpu + ",host=press\\ 04\\,west",
          usage,
          millis * 1_000 + random.nextInt(5_000),
          random.nextInt(10) > 0);
    }
    if (i % 50 == 7) {
      metrics.badLine("cpu,host=press usage_idle=12,usage_user=", "NOT_LINE_PROTOCOL");
      metrics.badLine("cpu usage_idle=1,usage_idle=2 " + millis, "DUPLICATE_FIELD");
      metrics.badLine("cpu usage_idle=1 " + millis + ".5", "BAD_TIMESTAMP");
    }
    metrics.text.append("# sent by the test\n\n");
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("uptime_format", "1 day,\n 3:04, load1=2");
    system.put("load\\ 1", random.nextInt(64) / 4.0);
    system.put("total", random.nextLong(1L << 34));
    metrics.line("system,lieu=été", system, millis * 1_000, true);
    return metrics;
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void allNumbersAreReadings() throws Exception {
    String report = run("all");
    assertRows("all", field -> true);
    assertReport(report, 0);
  }

  @Test
  void chosenFieldsAreReadingsWithTheSameIndexes() throws Exception {
    String report = run("chosen", "--valueField=usage_idle,load 1", "--timestampUnit=ns");
    int chosen =
        assertRows(
            "chosen",
            field -> field.name().equals("usage_idle") || field.name().equals("load\\ 1"));
    int numbers = SENT.stream().mapToInt(metrics -> metrics.fields.size()).sum();
    assertReport(report, numbers - chosen);
  }

  @Test
  void measurementsTagsAndFieldsAreSeries() throws Exception {
    String unused = run("series", "--seriesField=@series");
    Map<String, Integer> expected = new TreeMap<>();
    for (int cpu = 0; cpu < 2; cpu++) {
      for (String field : List.of("usage_idle", "usage_user")) {
        expected.put(
            "{\"cpu\":\"cpu%d\",\"field\":\"%s\",\"host\":\"press 04,west\",\"measurement\":\"cpu\"}"
                .formatted(cpu, field),
            MESSAGES);
      }
    }
    for (String field : List.of("load 1", "total")) {
      expected.put(
          "{\"field\":\"%s\",\"lieu\":\"été\",\"measurement\":\"system\"}".formatted(field),
          MESSAGES);
    }
    Map<String, Integer> raw = new TreeMap<>();
    for (JsonNode row : Recomputed.folder(folder.resolve("series-raw"))) {
      raw.merge(row.path("series").toString(), 1, Integer::sum);
    }
    assertEquals(expected, raw);
    Map<String, Integer> reduced = new TreeMap<>();
    for (JsonNode row : Recomputed.folder(folder.resolve("series-reduced"))) {
      assertEquals(row.has("series") ? 0 : 6, row.path("series_count").asInt());
      reduced.merge(row.path("series").toString(), row.get("count").asInt(), Integer::sum);
    }
    expected.put("", expected.size() * MESSAGES);
    assertEquals(expected, reduced);
  }

  private void assertReport(String report, int notChosen) {
    int texts = SENT.stream().mapToInt(metrics -> metrics.booleansAndTexts).sum();
    String line =
        String.format(Locale.ROOT, "%,d fields are text or booleans", texts)
            + (notChosen == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d were not chosen (--valueField)", notChosen));
    assertTrue(report.lines().anyMatch(line::equals), line + "\n" + report);
    assertTrue(
        report.contains(
            "120 rejected (NOT_LINE_PROTOCOL 40, DUPLICATE_FIELD 40, BAD_TIMESTAMP 40)"),
        report);
  }

  private int assertRows(String run, Predicate<Metrics.Field> isChosen) throws Exception {
    List<JsonNode> raw = Recomputed.folder(folder.resolve(run + "-raw"));
    List<String> expected =
        SENT.stream()
            .flatMap(metrics -> metrics.fields.stream().filter(isChosen).map(Metrics.Field::row))
            .toList();
    assertEquals(
        new TreeSet<>(expected),
        new TreeSet<>(
            raw.stream()
                .map(
                    row ->
                        name(row)
                            + " "
                            + Instant.parse(row.get("ts").textValue())
                            + " "
                            + row.get("value").doubleValue())
                .toList()));
    assertEquals(expected.size(), raw.size());
    assertEquals(
        SENT.stream().flatMap(metrics -> metrics.rejects.stream()).sorted().toList(),
        Recomputed.folder(folder.resolve(run + "-rejected")).stream()
            .map(row -> name(row) + " " + row.get("reason").textValue())
            .sorted()
            .toList());
    assertEquals(
        Recomputed.windows(raw),
        Recomputed.reported(Recomputed.folder(folder.resolve(run + "-reduced"))));
    return raw.size();
  }

  private static String name(JsonNode row) {
    return row.get("partition") + ":" + row.get("offset") + ":" + row.path("index").asInt(0);
  }

  /** Runs to the end, and returns the report. */
  private String run(String run, String... options) {
    var err = new StringWriter();
    var out = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      int exitCode =
          Commands.commandLine(new RunCommand())
              .setErr(new PrintWriter(err))
              .execute(
                  Stream.concat(
                          Stream.of(
                              "--bootstrapServers=" + broker.bootstrapServers(),
                              "--topic=" + TOPIC,
                              "--from=earliest",
                              "--until=end",
                              "--format=influx",
                              "--rawOutput=files:" + folder.resolve(run + "-raw"),
                              "--reducedOutput=files:" + folder.resolve(run + "-reduced"),
                              "--rejectedOutput=files:" + folder.resolve(run + "-rejected")),
                          Stream.of(options))
                      .toArray(String[]::new));
      assertEquals(ExitCode.OK, exitCode, err::toString);
      return out.toString(UTF_8);
    } finally {
      System.setOut(stdout);
    }
  }
}
