package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second opinion on what a message says. */
class MessageReaderTest {
  private static final long NOW = 1_611_403_975_123L;
  private static final String TS = "\"ts\":\"2021-01-23T12:12:55.123Z\"";

  @ParameterizedTest
  @CsvSource({
    "2021-01-23T12:12:55Z,               2021-01-23T12:12:55Z",
    "2021-01-23 12:12:55.5Z,             2021-01-23T12:12:55.500Z",
    "2021-01-23T12:12:55.123456789Z,     2021-01-23T12:12:55.123456Z",
    "2021-01-23T12:12:55+01:00,          2021-01-23T11:12:55Z",
    "2021-01-23T12:12:55-0130,           2021-01-23T13:42:55Z",
    "2021-01-23T12:12:55+18,             2021-01-22T18:12:55Z",
    "2021-01-23T12:12:55,                2021-01-23T11:12:55Z",
    "2021-10-31T02:30:00,                2021-10-31T00:30:00Z",
    "0001-01-01T00:00:00.0000009Z,       0001-01-01T00:00:00Z",
  })
  void timesAreReadToTheMicrosecond(String text, String expected) {
    assertReadInBerlin(expected, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2021-01-23T12:12Z                         | 2021-01-23T12:12:00Z",
        "2021-01-23 12:12                          | 2021-01-23T11:12:00Z",
        "2021-01-23T12:12:55.5+05:30[Asia/Kolkata] | 2021-01-23T06:42:55.500Z",
        "2021-01-23T12:12:55Z[UTC]                 | 2021-01-23T12:12:55Z",
        "2021-01-23 12:12:55,123                   | 2021-01-23T11:12:55.123Z",
        "2021-01-23t12:12:55z                      | 2021-01-23T12:12:55Z",
        "2021-01-23 12:12:55 UTC                   | 2021-01-23T12:12:55Z",
        "2021-01-23T12:12:55GMT                    | 2021-01-23T12:12:55Z",
        "2021-01-23                                | 2021-01-22T23:00:00Z",
        "20210123T121255.5-0130                    | 2021-01-23T13:42:55.500Z",
        "20210123T1212Z                            | 2021-01-23T12:12:00Z",
        "20210723T121255                           | 2021-07-23T10:12:55Z",
        "1611403975123.5                           | 2021-01-23T12:12:55.123500Z",
        "-0.0009                                   | 1969-12-31T23:59:59.999999Z",
        "20211301                                  | 1970-01-01T05:36:51.301Z",
      })
  void otherFormsOfTimesAreRead(String text, String expected) {
    assertReadInBerlin(expected, text);
  }

  private static void assertReadInBerlin(String expected, String text) {
    var format =
        new MessageFormat("ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS);
    ReadMessage read = read(new MessageReader(format), "{\"ts\":\"" + text + "\",\"value\":1}");
    assertTrue(read.isReading() && read.certain(), read::toString);
    assertEquals(expected, EventTime.format(read.tsMicros()));
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS,      1611403975.123456999, 2021-01-23T12:12:55.123456Z",
    "MILLISECONDS, 1.611403975123E12,    2021-01-23T12:12:55.123Z",
    "NANOSECONDS,  -0.1,                 1969-12-31T23:59:59.999999Z",
  })
  void numbersWithAFractionAreReadExactly(TimeUnit unit, String number, String expected) {
    var format = new MessageFormat("ts", "value", ZoneId.of("UTC"), unit);
    ReadMessage read = read(new MessageReader(format), "{\"ts\":" + number + ",\"value\":1}");
    assertTrue(read.isReading() && read.certain(), read::toString);
    assertEquals(expected, EventTime.format(read.tsMicros()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd.MM.yyyy HH:mm:ss | 31.10.2021 02:30:00 | 2021-10-31T00:30:00Z",
        "dd.MM.yyyy HH:mm:ss zzz | 31.10.2021 02:30:00 CET | 2021-10-31T01:30:00Z",
        "dd.MM.yyyy | 23.01.2021 | 2021-01-22T23:00:00Z",
        "EEE, dd MMM yyyy HH:mm:ss zzz | Sat, 23 Jan 2021 12:12:55 GMT | 2021-01-23T12:12:55Z",
        "dd.MM.yyyy HH:mm:ss | 28.03.2021 02:30:00 | ''",
        "dd.MM.yyyy HH:mm:ss | 29.02.2021 12:12:55 | ''",
        "dd.MM.yyyy HH:mm:ss | 2021-01-23T12:12:55Z | ''",
        "dd.MM.yyyy HH:mm:ss | 1611403975123 | ''",
      })
  void withAPatternStringsAreReadByIt(String pattern, String text, String expected) {
    var format =
        new MessageFormat(
            "ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS, pattern, false);
    ReadMessage read = read(new MessageReader(format), "{\"ts\":\"" + text + "\",\"value\":1}");
    if (expected.isEmpty()) {
      assertEquals(Set.of(RejectReason.BAD_TIMESTAMP), read.faults());
    } else {
      assertTrue(read.isReading(), read::toString);
      assertEquals(expected, EventTime.format(read.tsMicros()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/payload/ts | /payload/temp | {\"payload\":{\"ts\":1,\"temp\":2,\"x\":{\"ts\":9}},\"ts\":8}",
        "/ts | /values/1 | {\"values\":[3,2,4],\"ts\":1}",
        "/a/0/1 | /a/1/b | {\"a\":[[0,1],{\"b\":2}]}",
        "/a~1b | /m~0n | {\"a/b\":1,\"m~n\":2}",
        "/ | /~01 | {\"\":1,\"~1\":2}",
        "ts | /v/01 | {\"ts\":1,\"v\":{\"01\":2}}",
      })
  void fieldsAreFoundByPointers(String timestamp, String value, String text) {
    var reader =
        new MessageReader(
            new MessageFormat(timestamp, value, ZoneId.of("UTC"), TimeUnit.MILLISECONDS));
    ReadMessage read = read(reader, text);
    assertTrue(read.isReading() && read.certain(), read::toString);
    assertEquals(1_000, read.tsMicros());
    assertEquals(2, read.value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING_FIELD | {\"p\":{\"v\":2}}",
        "MISSING_FIELD | {\"p\":[1,2]}",
        "MISSING_FIELD | {\"p\":\"ts\"}",
        "MISSING_FIELD | {\"p\":null}",
        "DUPLICATE_FIELD | {\"p\":{\"ts\":1,\"v\":2},\"p\":{\"ts\":1,\"v\":2}}",
        "DUPLICATE_FIELD | {\"p\":{\"ts\":1,\"ts\":1,\"v\":2}}",
      })
  void whatAPointerDoesNotFindOrFindsTwiceIsAFault(RejectReason reason, String text) {
    var reader =
        new MessageReader(
            new MessageFormat("/p/ts", "/p/v", ZoneId.of("UTC"), TimeUnit.MILLISECONDS));
    assertEquals(Set.of(reason), read(reader, text).faults());
  }

  @Test
  void theKafkaTimestampIsTheEventTimeIfAskedFor() {
    var reader =
        new MessageReader(new MessageFormat("@kafka", "value", ZoneId.of("UTC"), TimeUnit.SECONDS));
    byte[] value = "{\"value\":2}".getBytes(ISO_8859_1);
    ReadMessage read = reader.read(message(NOW - 5, value), NOW);
    assertEquals((NOW - 5) * 1_000, read.tsMicros());
    assertTrue(read.isReading() && read.certain());
    for (long none : new long[] {-1, 0, Long.MAX_VALUE}) {
      assertEquals(
          Set.of(RejectReason.BAD_TIMESTAMP), reader.read(message(none, value), NOW).faults());
    }
    assertFalse(reader.read(message(1_611_403_975L, value), NOW).certain(), "seconds");
    assertEquals(
        Set.of(RejectReason.MISSING_FIELD),
        reader.read(message(NOW, "{}".getBytes(ISO_8859_1)), NOW).faults());
  }

  @Test
  void aNumberInAStringIsAValueIfTheRunReadsThem() {
    var format =
        new MessageFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, true);
    var reads = new MessageReader(format);
    assertEquals(12.5, read(reads, "{\"ts\":1,\"value\":\"12.5\"}").value());
    assertEquals(
        Set.of(RejectReason.NOT_FINITE), read(reads, "{\"ts\":1,\"value\":\"1e999\"}").faults());
    for (String text : new String[] {"", " 1", "0x10", "NaN", "1d", ".5"}) {
      assertEquals(
          Set.of(RejectReason.NOT_A_NUMBER),
          read(reads, "{\"ts\":1,\"value\":\"" + text + "\"}").faults());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-01-23T12:12,5Z",
        "2021-01-23Z",
        "2021-01-23T121255Z",
        "20210123",
        "20210123121255",
        "1611403975.1234567890",
        "1.6e9",
        "+1",
        "2021-01-23T12:12:55[Europe/Berlin]",
        "2021-01-23 12:12:55 CET",
        "2021-01-23T12:12:55.Z",
        "2021-01-23T12:12:55.1234567890Z",
        "2021-02-29T12:12:55Z",
        "2021-01-23T24:00:00Z",
        "2021-01-23T12:12:60Z",
        "2021-01-23T12:12:55+1",
        "2021-01-23T12:12:55+18:30",
        " 2021-01-23T12:12:55Z",
        "2021-03-28T02:30:00",
        "",
      })
  void otherTimesAreNot(String text) {
    var format =
        new MessageFormat("ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS);
    ReadMessage read = read(new MessageReader(format), "{\"ts\":\"" + text + "\",\"value\":1}");
    assertEquals(Set.of(RejectReason.BAD_TIMESTAMP), read.faults());
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS,      1611403975,           1611403975000000",
    "MILLISECONDS, -1,                   -1000",
    "NANOSECONDS,  -1,                   -1",
    "NANOSECONDS,  1999,                 1",
    "MICROSECONDS, -62135596800000000,   -62135596800000000",
  })
  void integersAreInTheirUnit(TimeUnit unit, long number, long micros) {
    var format = new MessageFormat("ts", "value", ZoneId.of("UTC"), unit);
    ReadMessage read = read(new MessageReader(format), "{\"ts\":" + number + ",\"value\":1}");
    assertTrue(read.isReading(), read::toString);
    assertEquals(micros, read.tsMicros());
  }

  @ParameterizedTest
  @CsvSource({
    "57,                     57",
    "-0.0,                   0",
    "0.1,                    0.1",
    "1e-400,                 0",
    "1e-99999999999,         0",
    "123456789012345678901,  1.2345678901234568E20",
    "4.9e-324,               4.9E-324",
  })
  void valuesAreTheNearestDoubles(String text, double value) {
    ReadMessage read = read("{" + TS + ",\"value\":" + text + ",\"more\":[{\"ts\":1}]}");
    assertTrue(read.isReading() && read.certain(), read::toString);
    assertEquals(value, read.value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOT_JSON | ''",
        "NOT_JSON | no JSON",
        "NOT_JSON | {TS,\"value\":57} and more",
        "NOT_JSON | {TS,\"value\":NaN}",
        "NOT_JSON | {TS,\"value\":057}",
        "NOT_AN_OBJECT | [{TS,\"value\":57}]",
        "NOT_AN_OBJECT | 57",
        "NOT_AN_OBJECT | null",
        "MISSING_FIELD | {TS}",
        "MISSING_FIELD | {TS,\"value\":null}",
        "NOT_A_NUMBER | {TS,\"value\":\"57\"}",
        "NOT_A_NUMBER | {TS,\"value\":[57]}",
        "NOT_FINITE | {TS,\"value\":1e999}",
        "NOT_FINITE | {TS,\"value\":-1e99999999999}",
        "BAD_TIMESTAMP | {\"ts\":true,\"value\":57}",
        "BAD_TIMESTAMP | {\"ts\":1.1234567890,\"value\":57}",
        "BAD_TIMESTAMP | {\"ts\":1e-99999999999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":1e99999999999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":1e999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":99999999999999999999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":\"0000-12-31T23:59:59Z\",\"value\":57}",
      })
  void aMessageThatIsNotAReadingHasItsFault(RejectReason reason, String text) {
    ReadMessage read = read(text == null ? "" : text.replace("TS", TS));
    assertEquals(Set.of(reason), read.faults());
    assertTrue(read.certain());
  }

  @Test
  void allFaultsAreFound() {
    assertEquals(
        Set.of(RejectReason.BAD_TIMESTAMP, RejectReason.NOT_A_NUMBER),
        read("{\"ts\":\"now\",\"value\":true}").faults());
    assertEquals(
        Set.of(RejectReason.DUPLICATE_FIELD),
        read("{" + TS + ",\"value\":1,\"value\":2}").faults());
    assertTrue(read("{" + TS + ",\"value\":1,\"x\":1,\"x\":2}").isReading());
    assertEquals(Set.of(RejectReason.NO_VALUE), reader().read(message(-1, null), NOW).faults());
  }

  @Test
  void whatTheContractLeavesOpenIsNotCertain() {
    assertFalse(read("{" + TS + ",\"value\":1,\"x\":\"\u00ff\"}").certain(), "not UTF-8");
    assertFalse(read("{" + TS + ",\"value\":1." + "0".repeat(80) + "}").certain(), "a long number");
    String deep = "[".repeat(33) + "]".repeat(33);
    assertEquals(
        Set.of(RejectReason.TOO_LARGE),
        read("{" + TS + ",\"value\":1,\"x\":" + deep + "}").faults());
    assertEquals(
        Set.of(RejectReason.TOO_LARGE),
        reader().read(message(-1, new byte[1 << 21]), NOW).faults());
  }

  private static MessageReader reader() {
    return new MessageReader(MessageFormat.DEFAULT);
  }

  private static ReadMessage read(String text) {
    return read(reader(), text);
  }

  private static ReadMessage read(MessageReader reader, String text) {
    return reader.read(message(-1, text.getBytes(ISO_8859_1)), NOW);
  }

  private static SourceMessage message(long kafkaMillis, byte @Nullable [] value) {
    return new SourceMessage(0, 0, kafkaMillis, value);
  }
}
