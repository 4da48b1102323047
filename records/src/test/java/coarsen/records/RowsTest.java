package coarsen.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, to the letter: other programs read these rows. */
class RowsTest {
  private static final String RAW =
      "{\"ts\":\"2021-01-23T12:12:55.123Z\",\"value\":57,\"partition\":0,\"offset\":1234,\"run\":0}";
  static final String REDUCED =
      "{\"start_time\":\"2021-01-23T12:12:55Z\",\"end_time\":\"2021-01-23T12:13:00Z\","
          + "\"avg_value\":49.3,\"count\":500,\"min_value\":0,\"max_value\":99,"
          + "\"stddev_value\":28.9,\"pane\":\"ON_TIME\",\"run\":0,\"revision\":0,"
          + "\"offsets\":{\"0\":[1234,1733]},\"replay_from\":{\"0\":1230}}";
  private static final String REJECTED =
      "{\"reason\":\"NOT_A_NUMBER\",\"detail\":\"value is a string at $.value\","
          + "\"topic\":\"readings\",\"partition\":0,\"offset\":77,\"run\":0,"
          + "\"payload\":\"eyJ0cyI6MX0=\"}";

  static Aggregates values(double mean, double min, double max, double deviation) {
    return Aggregates.of(
        aggregate ->
            switch (aggregate) {
              case MEAN -> mean;
              case MIN -> min;
              case MAX -> max;
              case STANDARD_DEVIATION -> deviation;
              default -> 0;
            });
  }

  private static Reading parseReading(String json) {
    return Reading.parse(json.getBytes(UTF_8), 0, json.getBytes(UTF_8).length);
  }

  private static WindowSummary parseSummary(String json) {
    return WindowSummary.parse(json.getBytes(UTF_8), 0, json.getBytes(UTF_8).length);
  }

  @Test
  void aReadingIsWrittenAsTheContractSays() {
    long ts = EventTime.parse("2021-01-23T12:12:55.123Z");
    assertEquals(RAW, new Reading(ts, 57.0, 0, 1234, 0, false).toJson());
    assertEquals(
        RAW.replace("}", ",\"late\":true}"), new Reading(ts, 57.0, 0, 1234, 0, true).toJson());
  }

  @Test
  void aReadingReadsBack() {
    Reading late = new Reading(-1, -0.25, 3, Long.MAX_VALUE, 7, true);
    byte[] json = late.toJson().getBytes(UTF_8);
    assertEquals(late, Reading.parse(json, 0, json.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"ts\":\"2021-01-23T12:12:55.123Z\",\"value\":57",
        "{\"ts\":\"yesterday\",\"value\":57,\"partition\":0,\"offset\":1,\"run\":0}",
        "{\"ts\":\"2021-01-23T12:12:55Z\",\"value\":\"x\",\"partition\":0,\"offset\":1,\"run\":0}",
        "{\"ts\":\"2021-01-23T12:12:55Z\",\"value\":1,\"partition\":0,\"offset\":1,\"run\":0} x"
      })
  void whatIsNotAReadingIsRefused(String text) {
    byte[] json = text.getBytes(UTF_8);
    assertThrows(IllegalArgumentException.class, () -> Reading.parse(json, 0, json.length));
  }

  @Test
  void aWindowSummaryIsWrittenAsTheContractSaysAndReadsBack() {
    var summary =
        new WindowSummary(
            new EventWindow(
                EventTime.parse("2021-01-23T12:12:55Z"), EventTime.parse("2021-01-23T12:13:00Z")),
            500,
            values(49.3, 0, 99, 28.9),
            Pane.ON_TIME,
            new RowVersion(0, 0),
            Provenance.of(Map.of(0, new OffsetRange(1234, 1733)), Map.of(0, 1230L)));
    assertEquals(REDUCED, summary.toJson());
    byte[] json = REDUCED.getBytes(UTF_8);
    assertEquals(summary, WindowSummary.parse(json, 0, json.length));
    assertEquals("2021-01-23T12:12:55Z/2021-01-23T12:13:00Z", summary.key());
  }

  @Test
  void anUnknownFieldIsSkipped() {
    byte[] json = REDUCED.replace("\"run\"", "\"new\":{\"a\":[1]},\"run\"").getBytes(UTF_8);
    assertEquals(500, WindowSummary.parse(json, 0, json.length).count());
  }

  @ParameterizedTest
  @CsvSource({
    "\"count\":500, \"count\":0",
    "\"count\":500, \"count\":\"500\"",
    "\"run\":0, \"ran\":0",
    "ON_TIME, SOON",
    "'[1234,1733]', '[1733,1234]'"
  })
  void whatIsNotAWindowSummaryIsRefused(String part, String broken) {
    String text = REDUCED.replace(part, broken);
    assertTrue(!text.equals(REDUCED), "the test changes nothing");
    byte[] json = text.getBytes(UTF_8);
    assertThrows(IllegalArgumentException.class, () -> WindowSummary.parse(json, 0, json.length));
  }

  @Test
  void aRejectIsWrittenAsTheContractSaysAndReadsBack() {
    byte[] payload = "{\"ts\":1}".getBytes(UTF_8);
    var rejected =
        new Rejected(
            RejectReason.NOT_A_NUMBER,
            "value is a string at $.value",
            new MessageId("readings", 0, 77),
            0,
            0,
            Payload.of(payload, 0, payload.length));
    assertEquals(REJECTED, rejected.toJson());
    byte[] json = REJECTED.getBytes(UTF_8);
    Payload read = Rejected.parse(json, 0, json.length).payload();
    assertNotNull(read);
    assertArrayEquals(payload, read.bytes());
    assertEquals(payload.length, read.fullLength());
  }

  @Test
  void aLongPayloadIsCutAndHasItsLengthAndAHashOfTheWhole() throws Exception {
    byte[] value = "x".repeat(800_000).getBytes(UTF_8);
    var rejected =
        new Rejected(
            RejectReason.NOT_JSON,
            "not JSON",
            new MessageId("t", 0, 1),
            0,
            0,
            Payload.of(value, 0, value.length));
    String text = rejected.toJson();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    assertTrue(
        text.endsWith(",\"payload_bytes\":800000,\"payload_sha256\":\"" + hash + "\"}"),
        () -> text.substring(text.length() - 200));
    byte[] json = text.getBytes(UTF_8);
    Payload read = Rejected.parse(json, 0, json.length).payload();
    assertNotNull(read);
    assertArrayEquals(Arrays.copyOf(value, Payload.MAX_BYTES), read.bytes());
    assertEquals(800_000, read.fullLength());
    assertEquals(hash, read.sha256());
  }

  @Test
  void aPayloadOfJustTheLimitIsWhole() {
    assertNull(Payload.of(new byte[Payload.MAX_BYTES + 1], 1, Payload.MAX_BYTES).sha256());
    assertNotNull(Payload.of(new byte[Payload.MAX_BYTES + 1], 0, Payload.MAX_BYTES + 1).sha256());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"payload_sha256\":\"00\"", "\"payload_sha256\":\"00\",\"payload_bytes\":3"})
  void aCutPayloadWithoutItsLengthIsRefused(String cut) {
    byte[] json = REJECTED.replaceFirst("}$", "," + cut + "}").getBytes(UTF_8);
    assertThrows(IllegalArgumentException.class, () -> Rejected.parse(json, 0, json.length));
  }

  @Test
  void aTombstoneHasNoPayload() {
    var rejected =
        new Rejected(RejectReason.NO_VALUE, "no \"value\"\n", new MessageId("t", 0, 1), 0, 0, null);
    byte[] json = rejected.toJson().getBytes(UTF_8);
    assertNull(Rejected.parse(json, 0, json.length).payload());
    assertEquals(rejected.detail(), Rejected.parse(json, 0, json.length).detail());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "-0.0, 0",
    "57.0, 57",
    "-12, -12",
    "0.1, 0.1",
    "2.0E-3, 0.002",
    "12345678.9, 12345678.9",
    "1e15, 1000000000000000",
    "1e20, 100000000000000000000",
    "1e21, 1E21",
    "1.5e300, 1.5E300",
    "4.9E-324, 4.9E-324",
    "1e-7, 0.0000001"
  })
  void numbersHaveTheFewestDigitsAndNoEmptyFraction(double value, String text) {
    var json = new JsonBytes(1);
    json.number(value);
    assertEquals(text, json.toString());
  }

  @Test
  void everyFiniteNumberReadsBackTheSame() throws Exception {
    var random = new Random(2);
    var mapper = new ObjectMapper();
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        var json = new JsonBytes(1);
        json.number(value);
        assertEquals(value, mapper.readTree(json.toString()).doubleValue());
      }
    }
  }

  @Test
  void aRawRowHasTheLabelsOfItsSeries() {
    var reading =
        new Reading(0, 57, Series.of(Map.of("device", "press \"04\"")), 0, 1234, 0, 0, false);

    assertEquals(
        "{\"ts\":\"1970-01-01T00:00:00Z\",\"series\":{\"device\":\"press \\\"04\\\"\"},\"value\":57,"
            + "\"partition\":0,\"offset\":1234,\"run\":0}",
        reading.toJson());
    assertEquals(reading, parseReading(reading.toJson()));
  }

  @Test
  void theRowOfASeriesNamesItAndNotWhereItsReadingsAre() {
    var row =
        new WindowSummary(
            new EventWindow(0, 5_000_000),
            Series.of(Map.of("device", "a b")),
            2,
            Aggregates.of(aggregate -> 1.5),
            Pane.LATE,
            new RowVersion(1, 2));

    assertEquals("1970-01-01T00:00:00Z/1970-01-01T00:00:05Z/device=a\\ b", row.key());
    assertEquals(
        "{\"start_time\":\"1970-01-01T00:00:00Z\",\"end_time\":\"1970-01-01T00:00:05Z\","
            + "\"series\":{\"device\":\"a b\"},\"avg_value\":1.5,\"count\":2,\"min_value\":1.5,"
            + "\"max_value\":1.5,\"stddev_value\":1.5,\"pane\":\"LATE\",\"run\":1,\"revision\":2}",
        row.toJson());
    assertEquals(row, parseSummary(row.toJson()));
  }

  @Test
  void theRowOfAllReadingsCountsTheirSeries() {
    var row =
        new WindowSummary(
                new EventWindow(0, 5_000_000),
                7,
                Aggregates.of(aggregate -> 1),
                Pane.ON_TIME,
                new RowVersion(0, 0),
                Provenance.NONE)
            .withSeriesCount(3);

    assertTrue(row.toJson().contains("\"count\":7,\"series_count\":3,\"min_value\""), row.toJson());
    assertEquals(row, parseSummary(row.toJson()));
    assertThrows(IllegalArgumentException.class, () -> row.withSeriesCount(8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "\"a\"", "{\"a\":1}", "{\"a\":null}", "{\"a\":{}}"})
  void aSeriesThatIsNotLabelsIsRefused(String series) {
    String row =
        "{\"ts\":\"1970-01-01T00:00:00Z\",\"series\":"
            + series
            + ",\"value\":57,\"partition\":0,\"offset\":1,\"run\":0}";

    Exception refused = assertThrows(IllegalArgumentException.class, () -> parseReading(row));

    assertTrue(String.valueOf(refused.getMessage()).contains("series is not an object of labels"));
  }
}
