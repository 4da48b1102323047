package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.pipeline.InputFormats;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.records.RejectReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final long NOW = Instant.parse("2024-03-04T17:10:40Z").toEpochMilli();
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(NOW));

  private final List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();

  private void message(long eventMillis, long kafkaMillis) {
    add(kafkaMillis, "{\"ts\":%d,\"value\":1}".formatted(eventMillis).getBytes(UTF_8));
  }

  private void add(long kafkaMillis, byte[] value) {
    messages.add(Samples.record(messages.size(), kafkaMillis, value));
  }

  private RulesChoice rules() {
    return RulesChoice.of(Samples.of(messages), JsonFormat.DEFAULT, CLOCK);
  }

  @Test
  void disorderAndDelayAreMeasured() {
    message(NOW - 9_000, NOW - 8_000);
    message(NOW - 6_000, NOW - 5_000);
    message(NOW - 7_000, NOW - 4_000);
    message(NOW - 6_500, NOW - 1_000);
    Trial trial = rules().trial();
    assertEquals(4, trial.readings());
    assertEquals(2, trial.outOfOrder());
    assertEquals(500_000, trial.disorder(0.5));
    assertEquals(1_000_000, trial.disorder(1));
    assertEquals(1_000_000, trial.delay(0.5));
    assertEquals(5_500_000, trial.delay(1));
    assertEquals(List.of(), rules().options());
  }

  @Test
  void seriesAreCounted() {
    for (int i = 0; i < 10; i++) {
      String device = i == 9 ? "\u202Ed\\u001B" : "press-" + i % 2;
      add(
          NOW + i,
          "{\"ts\":%d,\"value\":1,\"device\":\"%s\"}".formatted(NOW + i, device).getBytes(UTF_8));
    }
    var format = InputFormats.of(List.of("--seriesField=device"));
    var lines = new Lines();
    new TrialReport(Trial.of(Samples.of(messages), format, EventTimeRules.DEFAULT, CLOCK))
        .write(lines, "ts");
    String text = String.join(" ", lines.all()).replaceAll(" +", " ");
    assertTrue(
        text.contains(
            "series 3, such as device=press-0 (5 readings), device=press-1 (4 readings),"
                + " device=\\u202ed\\u001b (1 reading)"),
        text);
  }

  @Test
  void moreDisorderThanTheDefaultNeedsAnOption() {
    message(NOW, NOW);
    message(NOW - 7_000, NOW);
    assertEquals(List.of("--maxOutOfOrder=10s"), rules().options());
    message(NOW - 7_200_000, NOW);
    assertEquals(List.of("--maxOutOfOrder=2h"), rules().options());
  }

  @Test
  void oneStragglerInAHundredIsLeftToACorrection() {
    for (int i = 0; i < 1_000; i++) {
      message(NOW - (i % 100 == 50 ? 3_600_000 : 0), NOW);
    }
    assertEquals(List.of(), rules().options());
    message(NOW - 7_000, NOW);
    assertEquals(List.of("--maxOutOfOrder=10s"), rules().options());
  }

  @Test
  void kafkasTimestampsThatAreTooEarlyForMostReadingsDoNotReject() {
    for (int i = 0; i < 10; i++) {
      message(NOW, NOW - 86_400_000);
    }
    RulesChoice rules = rules();
    assertEquals(List.of("--maxFutureSkew=off"), rules.options());
    assertEquals(0, rules.trial().rejected());
  }

  @Test
  void oneReadingFromTheFutureIsRejected() {
    for (int i = 0; i < 10; i++) {
      message(NOW + (i == 5 ? 86_400_000 : 0), NOW);
    }
    RulesChoice rules = rules();
    assertEquals(List.of(), rules.options());
    assertEquals(1, rules.trial().rejected(RejectReason.FROM_THE_FUTURE));
  }

  private String inspect() {
    var inspection = Inspection.of(Samples.of(messages), List.of(), InputFormats::of, CLOCK);
    assertTrue(inspection.trial().isHopeless());
    return String.join("\n", InspectReport.of(inspection, new TreeSet<>(), List.of(), CLOCK));
  }

  @Test
  void bytesThatAreNotJsonAreNamed() {
    add(NOW, new byte[] {0, 0, 0, 0, 7, 2, 4});
    assertTrue(inspect().contains("Confluent wire format"), inspect());
    messages.clear();
    add(NOW, new byte[] {0x1F, (byte) 0x8B, 8, 0});
    assertTrue(inspect().contains("gzip"), inspect());
    messages.clear();
    add(NOW, "{\"ts\":1,\"value\":1}".getBytes(UTF_16LE));
    assertTrue(inspect().contains("UTF-16"), inspect());
    messages.clear();
    add(NOW, new byte[] {'O', 'b', 'j', 1, 4});
    assertTrue(inspect().contains("files of Avro"), inspect());
    messages.clear();
    add(NOW, new byte[] {10, 3, 'a', 'b', 'c', 25, (byte) 0x9A});
    assertTrue(inspect().contains("binary"), inspect());
  }

  @Test
  void messagesWithoutAValueAreNamed() {
    add(NOW, new byte[0]);
    messages.set(0, Samples.record(0, NOW, null));
    assertTrue(inspect().contains("NO_VALUE"), inspect());
  }

  @Test
  void messagesWithoutAnyTimeAreNamed() {
    add(0, "{\"value\":1}".getBytes(UTF_8));
    assertTrue(inspect().contains("No field holds a time"), inspect());
  }

  @Test
  void partsOfMessagesAreCountedWhereThereAreSeveral() {
    add(NOW, "[{\"ts\":%d,\"value\":1},{\"ts\":1}]".formatted(NOW).getBytes(UTF_8));
    var inspection = Inspection.of(Samples.of(messages), List.of(), InputFormats::of, CLOCK);
    String report =
        String.join("\n", InspectReport.of(inspection, new TreeSet<>(), List.of(), CLOCK));
    assertTrue(report.contains("rejects      1 of 2 parts of 1 message, MISSING_FIELD"), report);
  }
}
