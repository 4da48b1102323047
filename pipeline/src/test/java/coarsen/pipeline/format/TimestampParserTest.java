package coarsen.pipeline.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.records.EventTime;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampParserTest {
  private static long parse(String text, String zone) {
    char[] padded = ("#" + text + "#").toCharArray();
    return new TimestampParser(ZoneId.of(zone)).parse(padded, 1, text.length());
  }

  @ParameterizedTest
  @CsvSource({
    "2021-01-23T12:12:55Z, 2021-01-23T12:12:55Z",
    "2021-01-23T12:12:55.1Z, 2021-01-23T12:12:55.100Z",
    "2021-01-23T12:12:55.123456Z, 2021-01-23T12:12:55.123456Z",
    "2021-01-23T12:12:55.123456999Z, 2021-01-23T12:12:55.123456Z",
    "2021-01-23T12:12:55+01:00, 2021-01-23T11:12:55Z",
    "2021-01-23T12:12:55-0330, 2021-01-23T15:42:55Z",
    "2021-01-23T12:12:55+18, 2021-01-22T18:12:55Z",
    "2021-01-23 12:12:55, 2021-01-23T12:12:55Z",
    "2021-01-23T12:12:55.000001, 2021-01-23T12:12:55.000001Z",
    "2020-02-29T00:00:00Z, 2020-02-29T00:00:00Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z"
  })
  void readsIsoWithAndWithoutZone(String text, String utc) {
    assertEquals(EventTime.parse(utc), parse(text, "UTC"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2021-01-23",
        "2021-01-23T12:12",
        "2021-01-23T12:12:55.",
        "2021-01-23T12:12:55.1234567890Z",
        "2021-01-23T12:12:60Z",
        "2021-01-23T24:00:00Z",
        "2021-02-29T00:00:00Z",
        "2021-13-01T00:00:00Z",
        "2021-00-01T00:00:00Z",
        "2021-01-00T00:00:00Z",
        "2021-01-23t12:12:55z",
        "2021-01-23T12:12:55ZZ",
        "2021-01-23T12:12:55+1:00",
        "2021-01-23T12:12:55+19:00",
        "2021-01-23T12:12:55+01:60",
        "2021-01-23T12:12:55 +01:00",
        "+10000-01-01T00:00:00Z",
        "-2021-01-23T12:12:55Z",
        "２０２１-01-23T12:12:55Z"
      })
  void refusesEverythingElse(String text) {
    assertEquals(TimestampParser.NONE, parse(text, "UTC"));
  }

  @Test
  void readsWhatJavaTimeReads() {
    var random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      long micros = random.nextLong(EventTime.MIN_MICROS - 86_400_000_000L, EventTime.MAX_MICROS);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1080, 1081));
      OffsetDateTime time = EventTime.toInstant(micros).atOffset(offset);
      if (time.getYear() >= 0 && time.getYear() <= 9999) {
        String text =
            time.format(
                java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX"));
        assertEquals(micros, parse(text, "UTC"), text);
      }
    }
  }

  @Test
  void aLocalTimeIsReadInItsZone() {
    assertEquals(
        EventTime.parse("2021-07-23T10:12:55Z"), parse("2021-07-23 12:12:55", "Europe/Berlin"));
    assertEquals(EventTime.parse("2021-07-23T10:12:55Z"), parse("2021-07-23 12:12:55", "+02:00"));
  }

  @Test
  void aLocalTimeThatTheZoneSkipsIsRefusedAndOfTwoTheEarlierIsTaken() {
    assertEquals(TimestampParser.NONE, parse("2021-03-28 02:30:00", "Europe/Berlin"));
    assertEquals(
        EventTime.ofInstant(LocalDateTime.of(2021, 10, 31, 2, 30).toInstant(ZoneOffset.ofHours(2))),
        parse("2021-10-31 02:30:00", "Europe/Berlin"));
  }
}
