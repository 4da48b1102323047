package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second opinion on what a message says. */
class JsonMessageReaderTest {
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
        new JsonMessageFormat("ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS);
    ReadPart read = read(new JsonMessageReader(format), "{\"ts\":\"" + text + "\",\"value\":1}");
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
    var format = new JsonMessageFormat("ts", "value", ZoneId.of("UTC"), unit);
    ReadPart read = read(new JsonMessageReader(format), "{\"ts\":" + number + ",\"value\":1}");
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
        new JsonMessageFormat(
            null, "ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS, pattern, false);
    ReadPart read = read(new JsonMessageReader(format), "{\"ts\":\"" + text + "\",\"value\":1}");
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
        new JsonMessageReader(
            new JsonMessageFormat(timestamp, value, ZoneId.of("UTC"), TimeUnit.MILLISECONDS));
    ReadPart read = read(reader, text);
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
        new JsonMessageReader(
            new JsonMessageFormat("/p/ts", "/p/v", ZoneId.of("UTC"), TimeUnit.MILLISECONDS));
    assertEquals(Set.of(reason), read(reader, text).faults());
  }

  @Test
  void theKafkaTimestampIsTheEventTimeIfAskedFor() {
    var reader =
        new JsonMessageReader(
            new JsonMessageFormat("@kafka", "value", ZoneId.of("UTC"), TimeUnit.SECONDS));
    byte[] value = "{\"value\":2}".getBytes(ISO_8859_1);
    ReadPart read = read(reader, message(NOW - 5, value));
    assertEquals((NOW - 5) * 1_000, read.tsMicros());
    assertTrue(read.isReading() && read.certain());
    for (long none : new long[] {-1, 0, Long.MAX_VALUE}) {
      assertEquals(Set.of(RejectReason.BAD_TIMESTAMP), read(reader, message(none, value)).faults());
    }
    assertFalse(read(reader, message(1_611_403_975L, value)).certain(), "seconds");
    assertEquals(
        Set.of(RejectReason.MISSING_FIELD),
        read(reader, message(NOW, "{}".getBytes(ISO_8859_1))).faults());
  }

  @Test
  void aNumberInAStringIsAValueIfTheRunReadsThem() {
    var format =
        new JsonMessageFormat(
            null, "ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, true);
    var reads = new JsonMessageReader(format);
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
        new JsonMessageFormat("ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS);
    ReadPart read = read(new JsonMessageReader(format), "{\"ts\":\"" + text + "\",\"value\":1}");
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
    var format = new JsonMessageFormat("ts", "value", ZoneId.of("UTC"), unit);
    ReadPart read = read(new JsonMessageReader(format), "{\"ts\":" + number + ",\"value\":1}");
    assertTrue(read.isReading(), read::toString);
    assertEquals(micros, read.tsMicros());
  }

  @Test
  void anExponentMayHaveAnyNumberOfDigits() {
    assertEquals(
        "0@0=57.0", parts(JsonMessageFormat.DEFAULT, "{\"ts\":0E62135596800000,\"value\":57}"));
    assertEquals(
        "0@0=57.0",
        parts(
            format("t\"1E99999999999", "2e99999999999"),
            "{\"t\\\"1E99999999999\":-0e+99999999999,\"2e99999999999\":5.7e000000000000001}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a     | [{"t":1,"a":2},{"t":3,"a":4}]           | 0@1=2.0 1@3=4.0
          a     | [{"t":1,"a":2},7,{"t":3}]               | 0@1=2.0 1!NOT_AN_OBJECT 2!MISSING_FIELD
          a     | [[{"t":1,"a":2}],{"t":1,"a":"x"}]       | 0!NOT_AN_OBJECT 1!NOT_A_NUMBER
          a     | [{"t":true,"a":"x"}]                    | 0!NOT_A_NUMBER+BAD_TIMESTAMP
          a     | [{"t":1,"a":2},{"t":3,"a":4}            | 0!NOT_JSON
          a     | [{"t":1,"a":2}][]                       | 0!NOT_JSON
          a     | [null,[]]                               | 0!NOT_AN_OBJECT
          a,b   | {"t":1,"a":2,"b":3}                     | 0@1=2.0 1@1=3.0
          b,a   | {"t":1,"a":2,"b":3}                     | 0@1=3.0 1@1=2.0
          a,b   | {"t":1,"a":null,"b":3}                  | 0!MISSING_FIELD 1@1=3.0
          a,b   | {"t":1,"a":"2","b":3,"b":4}             | 0!NOT_A_NUMBER 1!DUPLICATE_FIELD
          a,b   | {"t":true,"a":2,"b":"x"}                | 0!BAD_TIMESTAMP
          a,b   | {"t":1,"a":2,"b":3,"t":1}               | 0!DUPLICATE_FIELD
          a,b   | [{"t":1,"a":2,"b":3},"x",{"t":5,"a":6}] | 0@1=2.0 1@1=3.0 2!NOT_AN_OBJECT 4@5=6.0 5!MISSING_FIELD
          /p,c\\,d | {"t":1,"p":2,"c,d":3}               | 0@1=2.0 1@1=3.0
          """)
  void eachValueOfEachObjectIsAReading(String values, String text, String expected) {
    assertEquals(expected, parts(format("t", values), text));
  }

  @Test
  void kafkasTimeIsThatOfAllReadingsOfAMessage() {
    JsonMessageFormat format = format("@kafka", "a,b");
    assertEquals("0@9000=1.0 1!MISSING_FIELD", parts(format, "{\"a\":1}"));
    ReadMessage untimed =
        new JsonMessageReader(format).read(message(-1, "[{\"a\":1},{}]".getBytes(ISO_8859_1)), NOW);
    assertEquals(List.of(0, 2), untimed.parts().stream().map(ReadPart::index).toList());
    assertEquals(Set.of(RejectReason.BAD_TIMESTAMP), untimed.parts().get(1).faults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          r    | {"id":7,"r":[{"t":1,"a":2},{"t":3,"a":4}]}  | 0@1=2.0 1@3=4.0
          r    | {"r":{"t":1,"a":2}}                         | 0@1=2.0
          /p/r | {"p":{"r":[{"t":1,"a":2},7]}}               | 0@1=2.0 1!NOT_AN_OBJECT
          r    | {"t":1,"a":2}                               | 0!MISSING_FIELD
          r    | {"r":null}                                  | 0!NOT_AN_OBJECT
          r    | {"r":[]}                                    | 0!NOT_AN_OBJECT
          r    | [{"r":[{"t":1,"a":2}]}]                     | 0!NOT_AN_OBJECT
          /p/r | {"p":{"r":{"t":1,"a":2}},"p":7}             | 0!DUPLICATE_FIELD
          """)
  void theReadingsMayBeInAFieldOfTheMessage(String readings, String text, String expected) {
    var format =
        new JsonMessageFormat(
            readings, "t", "a", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, false);
    assertEquals(expected, parts(format, text));
  }

  @Test
  void moreReadingsThanAMessageCanHaveAreTooLarge() {
    String most = "{\"\":0},".repeat(65_536 / 3 - 1) + "{\"t\":1}";
    String parts = parts(format("t", "a,b,c"), "[" + most + "]");
    assertTrue(
        parts.endsWith(" 65532!MISSING_FIELD 65533!MISSING_FIELD 65534!MISSING_FIELD"),
        () -> parts.substring(parts.length() - 99));
    assertEquals("0!TOO_LARGE", parts(format("t", "a,b,c"), "[" + most + ",{}]"));
  }

  @Test
  void aFieldIsNamedOnce() {
    assertThrows(IllegalArgumentException.class, () -> format("t", "a,t"));
    assertThrows(IllegalArgumentException.class, () -> format("t", "a,/a"));
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
    ReadPart read = read("{" + TS + ",\"value\":" + text + ",\"more\":[{\"ts\":1}]}");
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
        "NOT_AN_OBJECT | [[{TS,\"value\":57}],57]",
        "NOT_AN_OBJECT | []",
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
        "BAD_TIMESTAMP | {\"ts\":0e-99999999999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":1e99999999999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":1e999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":99999999999999999999,\"value\":57}",
        "OUT_OF_RANGE | {\"ts\":\"0000-12-31T23:59:59Z\",\"value\":57}",
      })
  void aMessageThatIsNotAReadingHasItsFault(RejectReason reason, String text) {
    ReadPart read = read(text == null ? "" : text.replace("TS", TS));
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
    assertEquals(Set.of(RejectReason.NO_VALUE), read(reader(), message(-1, null)).faults());
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
        Set.of(RejectReason.TOO_LARGE), read(reader(), message(-1, new byte[1 << 21])).faults());
  }

  private static MessageReader reader() {
    return new JsonMessageReader(JsonMessageFormat.DEFAULT);
  }

  private static ReadPart read(String text) {
    return read(reader(), text);
  }

  /** What a message that holds one reading says. */
  private static ReadPart read(MessageReader reader, String text) {
    return read(reader, message(-1, text.getBytes(ISO_8859_1)));
  }

  private static ReadPart read(MessageReader reader, SourceMessage message) {
    ReadMessage read = reader.read(message, NOW);
    assertEquals(1, read.parts().size());
    assertEquals(0, read.parts().get(0).index());
    return read.parts().get(0);
  }

  /** All parts of a message, as index@milliseconds=value, or index!REASONS. */
  private static String parts(JsonMessageFormat format, String text) {
    ReadMessage read =
        new JsonMessageReader(format).read(message(9_000, text.getBytes(ISO_8859_1)), 10_000);
    assertTrue(read.certain());
    return read.parts().stream()
        .map(
            part ->
                part.index()
                    + (part.isReading()
                        ? "@" + part.tsMicros() / 1_000 + "=" + part.value()
                        : "!" + String.join("+", part.faults().stream().map(Enum::name).toList())))
        .collect(Collectors.joining(" "));
  }

  private static JsonMessageFormat format(String timestampField, String valueField) {
    return new JsonMessageFormat(
        timestampField, valueField, ZoneId.of("UTC"), TimeUnit.MILLISECONDS);
  }

  private static SourceMessage message(long kafkaMillis, byte @Nullable [] value) {
    return new SourceMessage(0, 0, kafkaMillis, value);
  }
}
