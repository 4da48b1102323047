package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.pipeline.InputFormats;
import coarsen.records.TerminalText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code inspect} says of series. */
class SeriesFinderTest {
  private static final long NOW = Instant.parse("2024-03-04T17:10:40Z").toEpochMilli();
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(NOW));
  private static final int MESSAGES = 40;

  private static Inspection inspect(
      List<String> given, IntFunction<@Nullable String> keys, IntFunction<String> messages) {
    List<ConsumerRecord<byte[], byte[]>> records =
        IntStream.range(0, MESSAGES)
            .mapToObj(
                i -> {
                  String key = keys.apply(i);
                  byte[] bytes = key == null ? null : key.getBytes(UTF_8);
                  return Samples.record(i, NOW - 99 + i, bytes, messages.apply(i).getBytes(UTF_8));
                })
            .toList();
    return Inspection.of(Samples.of(records), given, InputFormats::of, CLOCK);
  }

  private static Inspection inspect(IntFunction<String> messages) {
    return inspect(List.of(), i -> null, messages);
  }

  private static String found(Inspection inspection) {
    return inspection.series().stream()
        .map(field -> field.name() + ":" + field.values())
        .collect(Collectors.joining(" "));
  }

  private static String report(Inspection inspection) {
    return String.join("\n", InspectReport.of(inspection, new TreeSet<>(), List.of(), CLOCK));
  }

  /** A message in which {@code N} is a number from 0 on, and {@code N%3} that modulo 3. */
  private static IntFunction<String> like(String pattern) {
    return i -> {
      String message =
          "{\"ts\":" + (NOW - 99 + i) + ",\"value\":" + i * i % 7 + "," + pattern + "}";
      for (int modulus = 2; modulus < 30; modulus++) {
        message = message.replace("N%" + modulus + "#", Integer.toString(i % modulus));
      }
      return message.replace("N", Integer.toString(i));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "device":"d-N%3#"                       | device:3
          "line":"l-N%2#","device":"d-N%3#"       | device:3 line:2
          "mode":"m-N%3#","deviceId":"d-N%25#"    | deviceId:25 mode:3
          "meta":{"sensor":"s-N%4#"}              | /meta/sensor:4
          "sensor_id":N%4#                        | sensor_id:4
          "a,b":"x-N%3#"                          | a,b:3
          "rpm":N%4#                              |
          "ratio":"0.N%4#"                        |
          "device":"same"                         |
          "device":"d-N"                          |
          "uuid":N                                |
          "text":"t-N%25#"                        |
          "seen":"2024-03-04T17:10:0N%9#Z"        |
          "device":null,"x":"y"                   |
          """)
  void whatRepeatsCouldNameTheSeries(String fields, @Nullable String expected) {
    assertEquals(expected == null ? "" : expected, found(inspect(like(fields))));
  }

  @Test
  void booleansAreTheLast() {
    assertEquals(
        "mode:3 on:2",
        found(inspect(i -> like("\"on\":" + (i % 2 == 0) + ",\"mode\":\"m-N%3#\"").apply(i))));
  }

  @Test
  void aFieldThatSomeMessagesLackIsNotNamed() {
    assertEquals(
        "", found(inspect(i -> like(i == 7 ? "\"x\":1" : "\"device\":\"d-N%3#\"").apply(i))));
  }

  @ParameterizedTest
  @CsvSource({"k-%d, 4, @key:4", "k-%d, 1, ''", "k-%d, 1000, ''", "k\u0001-%d, 4, ''"})
  void aKeyThatRepeatsCouldNameTheSeries(String key, int modulus, String expected) {
    assertEquals(
        expected,
        found(inspect(List.of(), i -> key.formatted(i % modulus), like("\"x\":\"same\""))));
  }

  @Test
  void aKeyThatSomeMessagesLackIsNotNamed() {
    assertEquals(
        "", found(inspect(List.of(), i -> i == 7 ? null : "k" + i % 3, like("\"x\":\"same\""))));
  }

  @Test
  void tagsCouldNameTheSeriesOfLineProtocol() {
    Inspection inspection =
        inspect(
            i ->
                "cpu,host=web-%d,cpu=cpu%d,rack=r usage_idle=%d,mode=\"m%d\" %d000000"
                    .formatted(i % 3, i % 2, i * i % 7, i % 2, NOW - 99 + i));
    assertEquals("@series:6 host:3 cpu:2", found(inspection));
    assertTrue(
        report(inspection)
            .contains(
                "\nseries       none; 6 with --seriesField=@series, 3 with --seriesField=host, 2 with"
                    + " --seriesField=cpu\n"),
        report(inspection));
  }

  @Test
  void aTagThatIsDifferentInEachLineIsNotNamed() {
    assertEquals(
        "", found(inspect(i -> "cpu,request=r%d usage=1 %d000000".formatted(i, NOW - 99 + i))));
  }

  @Test
  void whatCouldNameTheSeriesIsSaidInTheTableAndAsAnOption() {
    String report = report(inspect(like("\"a,b\":\"x-N%3#\"")));
    assertTrue(report.contains("\nseries       none; 3 with --seriesField='a\\,b'\n"), report);
    assertTrue(
        report.lines().anyMatch(line -> line.matches("a,b .* 3 values, could name the series")),
        report);
    assertFalse(report.contains("./coarsen run --topic=readings --seriesField"), report);
  }

  @Test
  void seriesThatWereGivenAreCountedAndKept() {
    Inspection inspection =
        inspect(
            List.of("--seriesField=device"),
            i -> "k",
            like("\"device\":\"d N%3#\",\"line\":\"l-N%2#\""));
    assertEquals("", found(inspection));
    assertEquals(0, inspection.trial().rejected());
    String report = report(inspection);
    assertTrue(
        report.contains(
            "\nseries       3, such as device=d\\ 0 (14 readings), device=d\\ 1 (13 readings), "),
        report);
    assertTrue(report.contains(" --seriesField=device "), report);
  }

  @Test
  void labelsAndNamesCannotControlTheTerminal() {
    String escape = "\\u001b[31m\\u202e";
    for (List<String> given : List.of(List.<String>of(), List.of("--seriesField=device"))) {
      String report =
          report(
              inspect(
                  given,
                  i -> "k\u202e" + i % 3,
                  like("\"device\":\"" + escape + "N%3#\",\"host" + escape + "\":\"hN%2#\"")));
      assertTrue(report.contains("\\u001b[31m"), report);
      assertTrue(
          report.lines().allMatch(line -> line.codePoints().allMatch(TerminalText::isPrintable)),
          report);
    }
  }
}
