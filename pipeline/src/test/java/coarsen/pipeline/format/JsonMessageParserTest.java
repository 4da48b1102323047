package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessageParserTest {
  private static final String TS = "2021-01-23T12:12:55.123Z";

  private final OneReading parser = parser(TimeUnit.MILLISECONDS);

  private static OneReading parser(TimeUnit unit) {
    return new OneReading(new JsonFormat("ts", "value", ZoneId.of("UTC"), unit));
  }

  private @Nullable RejectReason parse(String json) {
    return parse(json.getBytes(UTF_8));
  }

  private @Nullable RejectReason parse(byte[] bytes) {
    return parser.parse(bytes, 0, bytes.length);
  }

  private @Nullable RejectReason parseValue(String value) {
    return parse("{\"ts\":\"" + TS + "\",\"value\":" + value + "}");
  }

  @Test
  void readsAReadingInAnyOrderAndPassesOtherFieldsOver() {
    for (String json :
        new String[] {
          "{\"ts\":\"%s\",\"value\":57}",
          " { \"value\" : 57.0 , \"x\":{\"ts\":[1,{\"value\":null}]}, \"ts\" : \"%s\" } \n"
        }) {
      assertNull(parse(json.formatted(TS)));
      assertEquals(EventTime.parse(TS), parser.tsMicros());
      assertEquals(57.0, parser.value());
    }
  }

  @Test
  void readsOnlyThePartOfTheArrayThatItIsGiven() {
    byte[] bytes = ("garbage{\"ts\":\"" + TS + "\",\"value\":1}garbage").getBytes(UTF_8);
    assertNull(parser.parse(bytes, 7, bytes.length - 14));
  }

  @ParameterizedTest
  @CsvSource({
    "57, 57",
    "-0.25, -0.25",
    "1e3, 1000",
    "9007199254740993, 9007199254740992",
    "1e-999, 0",
    "0.1, 0.1",
    "1.7976931348623157e308, 1.7976931348623157e308"
  })
  void aValueIsTheNearestDouble(String text, double value) {
    assertNull(parseValue(text));
    assertEquals(value, parser.value());
  }

  @Test
  void minusZeroIsZero() {
    assertNull(parseValue("-0"));
    assertEquals(0, Double.doubleToRawLongBits(parser.value()));
    assertNull(parseValue("-0.0"));
    assertEquals(0, Double.doubleToRawLongBits(parser.value()));
  }

  @ParameterizedTest
  @CsvSource({
    "MILLISECONDS, 1611403975123, 2021-01-23T12:12:55.123Z",
    "SECONDS, -1, 1969-12-31T23:59:59Z",
    "MICROSECONDS, 1611403975123456, 2021-01-23T12:12:55.123456Z",
    "NANOSECONDS, -1, 1969-12-31T23:59:59.999999Z"
  })
  void anIntegerTimestampIsInTheUnitThatWasSaid(TimeUnit unit, long timestamp, String time) {
    byte[] json = ("{\"ts\":" + timestamp + ",\"value\":1}").getBytes(UTF_8);
    OneReading parser = parser(unit);
    assertNull(parser.parse(json, 0, json.length));
    assertEquals(EventTime.parse(time), parser.tsMicros());
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 1611403975.123, 2021-01-23T12:12:55.123Z",
    "SECONDS, 1611403975.123456999, 2021-01-23T12:12:55.123456Z",
    "SECONDS, 9007199254.740993, 2255-06-05T23:47:34.740993Z",
    "SECONDS, -0.0000001, 1969-12-31T23:59:59.999999Z",
    "SECONDS, 1.611403975E9, 2021-01-23T12:12:55Z",
    "MILLISECONDS, 1.611403975123E12, 2021-01-23T12:12:55.123Z",
    "MILLISECONDS, 1611403975123.0, 2021-01-23T12:12:55.123Z",
    "NANOSECONDS, 1999.9, 1970-01-01T00:00:00.000001Z",
  })
  void aTimestampWithAFractionIsReadFromItsDigits(TimeUnit unit, String timestamp, String time) {
    byte[] json = ("{\"ts\":" + timestamp + ",\"value\":1}").getBytes(UTF_8);
    OneReading parser = parser(unit);
    assertNull(parser.parse(json, 0, json.length), parser::detail);
    assertEquals(EventTime.parse(time), parser.tsMicros());
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 1611403975, 2021-01-23T12:12:55Z",
    "SECONDS, 1611403975.123, 2021-01-23T12:12:55.123Z",
    "SECONDS, 20211301, 1970-08-22T22:15:01Z",
    "MILLISECONDS, 1611403975123, 2021-01-23T12:12:55.123Z",
    "NANOSECONDS, -1, 1969-12-31T23:59:59.999999Z"
  })
  void aNumberInAStringIsATimestampInTheUnit(TimeUnit unit, String timestamp, String time) {
    byte[] json = ("{\"ts\":\"" + timestamp + "\",\"value\":1}").getBytes(UTF_8);
    OneReading parser = parser(unit);
    assertNull(parser.parse(json, 0, json.length), parser::detail);
    assertEquals(EventTime.parse(time), parser.tsMicros());
  }

  @Test
  void numbersThatAreNotInYears1To9999AreOutOfRangeInAnyForm() {
    for (String timestamp :
        new String[] {
          "1e30",
          "1e99999999999",
          "-1e30",
          "\"99999999999999999999\"",
          "\"-99999999999999999999.5\"",
          "-62135596800000.001"
        }) {
      assertEquals(
          RejectReason.OUT_OF_RANGE, parse("{\"ts\":" + timestamp + ",\"value\":1}"), timestamp);
    }
    assertEquals(RejectReason.BAD_TIMESTAMP, parse("{\"ts\":1e-99999999999,\"value\":1}"));
    assertNull(parse("{\"ts\":0e99999999999,\"value\":1}"));
    assertEquals(0, parser.tsMicros());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2021-01-23T12:12Z                        | 2021-01-23T12:12:00Z
          2021-01-23T12:12+01:00                   | 2021-01-23T11:12:00Z
          2021-01-23 12:12                         | 2021-01-23T11:12:00Z
          2021-01-23T12:12+01:00[Europe/Berlin]    | 2021-01-23T11:12:00Z
          2021-01-23T12:12:55.5+05:30[Asia/Kolkata] | 2021-01-23T06:42:55.500Z
          2021-01-23T12:12:55Z[UTC]                | 2021-01-23T12:12:55Z
          2021-01-23 12:12:55,123                  | 2021-01-23T11:12:55.123Z
          2021-01-23T12:12:55,123456789Z           | 2021-01-23T12:12:55.123456Z
          2021-01-23t12:12:55z                     | 2021-01-23T12:12:55Z
          2021-01-23T12:12:55+0100                 | 2021-01-23T11:12:55Z
          2021-01-23T12:12:55+01                   | 2021-01-23T11:12:55Z
          2021-01-23 12:12:55 UTC                  | 2021-01-23T12:12:55Z
          2021-01-23 12:12:55 GMT                  | 2021-01-23T12:12:55Z
          2021-01-23T12:12:55UTC                   | 2021-01-23T12:12:55Z
          2021-01-23                               | 2021-01-22T23:00:00Z
          20210123T121255Z                         | 2021-01-23T12:12:55Z
          20210123T121255.5-0130                   | 2021-01-23T13:42:55.500Z
          20210123T1212Z                           | 2021-01-23T12:12:00Z
          20210723T121255                          | 2021-07-23T10:12:55Z
          """)
  void otherFormsOfIso8601AreRead(String timestamp, String time) {
    var berlin =
        new OneReading(
            new JsonFormat("ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS));
    byte[] json = ("{\"ts\":\"" + timestamp + "\",\"value\":1}").getBytes(UTF_8);
    assertNull(berlin.parse(json, 0, json.length), berlin::detail);
    assertEquals(EventTime.parse(time), berlin.tsMicros());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-01-23T12:12,5Z",
        "2021-01-23T12",
        "2021-01-23Z",
        "2021-1-23",
        "20210123T12:12:55Z",
        "2021-01-23T121255Z",
        "20210123T121255+01:",
        "2021-01-23T12:12:55.1234567890z",
        "2021-01-23T12:12:55,Z",
        "2021-01-23T12:12:55+01:00[]",
        "2021-01-23T12:12:55+01:00[Europe/Berlin",
        "2021-01-23T12:12:55[Europe/Berlin]",
        "2021-01-23T12:12:55+01:00[Europe/Berlin]x",
        "2021-01-23 12:12:55 UTC+1",
        "2021-01-23 12:12:55 CET",
        "2021-01-23 12:12:55  UTC",
        "2021-01-23T12:12:5Z",
        " 2021-01-23",
        "+1611403975123",
        "1611403975.",
        ".5",
        "-",
        "1.6E9",
        "0x10"
      })
  void whatIsNearlyATimestampIsRejected(String timestamp) {
    assertEquals(
        RejectReason.BAD_TIMESTAMP, parse("{\"ts\":\"" + timestamp + "\",\"value\":1}"), timestamp);
  }

  @ParameterizedTest
  @CsvSource({
    "12.5, 12.5",
    "-0, 0",
    "9007199254740993, 9007199254740992",
    "1e-999, 0",
    "1.7976931348623157E308, 1.7976931348623157e308"
  })
  void aNumberInAStringIsAValueIfAskedFor(String text, double value) {
    OneReading reads =
        new OneReading(
            new JsonFormat(
                null, "ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, true, null));
    byte[] json = ("{\"ts\":1,\"value\":\"" + text + "\"}").getBytes(UTF_8);
    assertNull(reads.parse(json, 0, json.length), reads::detail);
    assertEquals(Double.doubleToLongBits(value), Double.doubleToLongBits(reads.value()));
    assertEquals(RejectReason.NOT_A_NUMBER, parser.parse(json, 0, json.length));
    assertTrue(parser.detail().contains("--numbersInStrings reads it"), parser::detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 12.5", "0x10", "NaN", "Infinity", "1_000", "1.", ".5", "+1", "007", "1d"})
  void otherStringsAreNotValues(String text) {
    OneReading reads =
        new OneReading(
            new JsonFormat(
                null, "ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, true, null));
    byte[] json = ("{\"ts\":1,\"value\":\"" + text + "\"}").getBytes(UTF_8);
    assertEquals(RejectReason.NOT_A_NUMBER, reads.parse(json, 0, json.length));
  }

  @Test
  void aNumberInAStringHasTheLimitsOfANumber() {
    OneReading reads =
        new OneReading(
            new JsonFormat(
                null, "ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, true, null));
    byte[] beyond = "{\"ts\":1,\"value\":\"1e999\"}".getBytes(UTF_8);
    assertEquals(RejectReason.NOT_FINITE, reads.parse(beyond, 0, beyond.length));
    byte[] longer = ("{\"ts\":1,\"value\":\"0." + "1".repeat(63) + "\"}").getBytes(UTF_8);
    assertEquals(RejectReason.TOO_LARGE, reads.parse(longer, 0, longer.length));
  }

  private static OneReading parser(String timestampField, String valueField) {
    return new OneReading(
        new JsonFormat(timestampField, valueField, ZoneId.of("UTC"), TimeUnit.MILLISECONDS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /payload/ts | /payload/temp | {"payload":{"ts":1,"temp":2,"x":{"ts":9}},"ts":8}
          /payload/ts | value         | {"schema":{"ts":[{}]},"value":2,"payload":{"x":null,"ts":1}}
          /ts         | /values/1     | {"values":[3,2,4],"ts":1}
          /a/0/1      | /a/1/b        | {"a":[[0,1],{"b":2},{"b":3}]}
          /a~1b       | /m~0n         | {"a/b":1,"m~n":2}
          /           | /~01          | {"":1,"~1":2}
          ts          | /v/01         | {"ts":1,"v":{"01":2}}
          a.b         | /~1c          | {"a.b":1,"/c":2}
          """,
      quoteCharacter = '`')
  void fieldsAreFoundByPointers(String timestamp, String value, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    OneReading parser = parser(timestamp, value);
    assertNull(parser.parse(bytes, 0, bytes.length), parser::detail);
    assertEquals(1_000, parser.tsMicros());
    assertEquals(2, parser.value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"p":{"v":2}}                             | MISSING_FIELD   | no /p/ts
          {"p":{"ts":1}}                            | MISSING_FIELD   | no /p/v
          {"p":[1,2]}                               | MISSING_FIELD   | no /p/ts
          {"p":"ts"}                                | MISSING_FIELD   | no /p/ts
          {"p":null}                                | MISSING_FIELD   | no /p/ts
          {"ts":1,"v":2}                            | MISSING_FIELD   | no /p/ts
          {"p":{"ts":1,"v":2},"p":{"ts":1,"v":2}}   | DUPLICATE_FIELD | p appears twice
          {"p":{"ts":1,"ts":1,"v":2}}               | DUPLICATE_FIELD | ts appears twice
          {"p":{"ts":1,"v":"2"}}                    | NOT_A_NUMBER    | at /p/v
          {"p":{"ts":true,"v":2}}                   | BAD_TIMESTAMP   | a boolean at /p/ts;
          {"p":{"ts":1,"v":2}} {}                   | NOT_JSON        | more than one
          {"p":{"ts":1,"v":2}                       | NOT_JSON        | not one JSON document
          [{"p":{"ts":1}}]                          | MISSING_FIELD   | element 0: no /p/v
          """,
      quoteCharacter = '`')
  void whatAPointerDoesNotFindOrFindsTwiceIsRejected(
      String json, RejectReason reason, String detail) {
    byte[] bytes = json.getBytes(UTF_8);
    OneReading parser = parser("/p/ts", "/p/v");
    assertEquals(reason, parser.parse(bytes, 0, bytes.length));
    assertTrue(parser.detail().contains(detail), parser::detail);
  }

  @Test
  void withPointersTheParserNeverThrowsAndForgetsTheLastMessage() {
    var random = new Random(5);
    OneReading parser = parser("/p/0/ts", "/p/1");
    byte[] good = "{\"x\":[{}],\"p\":[{\"ts\":1,\"y\":\"é\"},57]}".getBytes(UTF_8);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      assertDoesNotThrow(() -> parser.parse(bytes, 0, length));
    }
    assertNull(parser.parse(good, 0, good.length));
    assertEquals(57.0, parser.value());
  }

  @Test
  void withAPatternOnlyStringsThatFitItAreTimestamps() {
    OneReading reads =
        new OneReading(
            new JsonFormat(
                null,
                "ts",
                "value",
                ZoneId.of("Europe/Berlin"),
                TimeUnit.SECONDS,
                "dd.MM.yyyy HH:mm:ss",
                false,
                null));
    byte[] fits = "{\"ts\":\"31.10.2021 02:30:00\",\"value\":1}".getBytes(UTF_8);
    assertNull(reads.parse(fits, 0, fits.length), reads::detail);
    assertEquals(EventTime.parse("2021-10-31T00:30:00Z"), reads.tsMicros());
    assertTrue(reads.isTimeRepeated());
    byte[] iso = "{\"ts\":\"2021-10-31T02:30:00Z\",\"value\":1}".getBytes(UTF_8);
    assertEquals(RejectReason.BAD_TIMESTAMP, reads.parse(iso, 0, iso.length));
    assertEquals("expected --timestampFormat=dd.MM.yyyy HH:mm:ss at $.ts", reads.detail());
    byte[] number = "{\"ts\":1611403975,\"value\":1}".getBytes(UTF_8);
    assertNull(reads.parse(number, 0, number.length), "a number is in its unit");
    assertFalse(reads.isTimeRepeated());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                       | NOT_JSON
          '   '                                    | NOT_JSON
          null                                     | NOT_AN_OBJECT
          []                                       | NOT_AN_OBJECT
          [[[                                      | NOT_JSON
          "text"                                   | NOT_AN_OBJECT
          12                                       | NOT_AN_OBJECT
          12 13                                    | NOT_JSON
          {}                                       | MISSING_FIELD
          {"ts":"TS"}                              | MISSING_FIELD
          {"value":1}                              | MISSING_FIELD
          {"ts":null,"value":1}                    | MISSING_FIELD
          {"ts":"TS","value":null}                 | MISSING_FIELD
          {"TS":"TS","Value":1}                    | MISSING_FIELD
          {"ts":"TS","value":"1"}                  | NOT_A_NUMBER
          {"ts":"TS","value":true}                 | NOT_A_NUMBER
          {"ts":"TS","value":[1]}                  | NOT_A_NUMBER
          {"ts":"TS","value":{"value":1}}          | NOT_A_NUMBER
          {"ts":"TS","value":1e999}                | NOT_FINITE
          {"ts":"TS","value":-1e999}               | NOT_FINITE
          {"ts":"TS","value":NaN}                  | NOT_JSON
          {"ts":"TS","value":+1}                   | NOT_JSON
          {"ts":"TS","value":01}                   | NOT_JSON
          {"ts":"TS","value":.5}                   | NOT_JSON
          {"ts":"TS","value":1,"value":1}          | DUPLICATE_FIELD
          {"ts":"TS","ts":"TS","value":1}          | DUPLICATE_FIELD
          {"ts":"TS","value":1} {}                 | NOT_JSON
          {"ts":"TS","value":1}]                   | NOT_JSON
          {"ts":"TS","value":"x"                   | NOT_JSON
          {"ts":"TS","value":1                     | NOT_JSON
          {"ts":"TS",value:1}                      | NOT_JSON
          {'ts':'TS','value':1}                    | NOT_JSON
          {"ts":"TS","value":1,}                   | NOT_JSON
          {"ts":"TS","value":1/**/}                | NOT_JSON
          {"ts":"soon","value":1}                  | BAD_TIMESTAMP
          {"ts":"2021-01-23T12:12:60Z","value":1}  | BAD_TIMESTAMP
          {"ts":"\\ud800","value":1}               | BAD_TIMESTAMP
          {"ts":true,"value":1}                    | BAD_TIMESTAMP
          {"ts":"0000-12-31T23:59:59Z","value":1}  | OUT_OF_RANGE
          {"ts":9223372036854775807,"value":1}     | OUT_OF_RANGE
          {"ts":-9223372036854775808,"value":1}    | OUT_OF_RANGE
          {"ts":99999999999999999999,"value":1}    | OUT_OF_RANGE
          """,
      quoteCharacter = '`')
  void whatIsNotAReadingIsRejectedWithItsReason(String json, RejectReason reason) {
    String text = json == null || json.equals("''") || json.equals("'   '") ? "" : json;
    assertEquals(reason, parse(text.replace("TS", TS).replace("\"" + TS + "\":\"", "\"TS\":\"")));
    assertFalse(parser.detail().isEmpty());
  }

  @Test
  void whatIsTooLargeIsRejected() {
    assertEquals(RejectReason.TOO_LARGE, parseValue("1".repeat(1001)));
    assertEquals(RejectReason.TOO_LARGE, parseValue("0." + "1".repeat(63)));
    assertNull(parseValue("0." + "1".repeat(62)));
    assertEquals(RejectReason.TOO_LARGE, parseValue("1,\"x\":\"" + "x".repeat(1 << 20) + "\""));
    assertEquals(
        RejectReason.TOO_LARGE, parse("{\"ts\":\"" + "x".repeat(1 << 17) + "\",\"value\":1}"));
    assertEquals(
        RejectReason.TOO_LARGE, parseValue("1,\"x\":" + "[".repeat(1001) + "]".repeat(1001)));
  }

  @Test
  void otherEncodingsThanUtf8AreRejected() {
    String json = "{\"ts\":\"" + TS + "\",\"value\":1}";
    assertEquals(RejectReason.NOT_JSON, parse("\uFEFF" + json));
    assertEquals(RejectReason.NOT_JSON, parse(json.getBytes(UTF_16BE)));
    assertEquals(
        RejectReason.NOT_JSON,
        parse(("{\"ts\":\"" + TS + "\",\"value\":1,\"é\":1}").getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          00 00 00 00 01 7B 7D          | NOT_JSON      | 0 and a 4-byte schema id (Confluent wire format)
          00 01 02 03                   | NOT_JSON      | has a 0 byte among its first four
          EF BB BF 7B 7D                | NOT_JSON      | begins with a byte order mark of UTF-8
          FF FE 7B 00 7D 00             | NOT_JSON      | begins with a byte order mark of UTF-16
          FE FF 00 7B 00 7D             | NOT_JSON      | begins with a byte order mark of UTF-16
          7B 00 7D 00                   | NOT_JSON      | in UTF-16
          00 7B 00 22 00 74             | NOT_JSON      | in UTF-16
          1F 8B 08 00 00 00 00 00       | NOT_JSON      | compressed with gzip
          1F 8B 08 08 11 22 33 44       | NOT_JSON      | compressed with gzip
          7B 7D 00                      | NOT_JSON      | ends with a 0 byte
          7B 22 E9 22 3A 31 7D          | NOT_JSON      | not one JSON document in UTF-8
          20 20                         | NOT_JSON      | nothing but white space
          7B 7D 0A 7B 7D                | NOT_JSON      | more than one JSON document
          31 20 32                      | NOT_JSON      | more than one JSON document
          5B 7B 7D 5D                   | MISSING_FIELD | element 0: no ts
          5B 31 2C 32 5D                | NOT_AN_OBJECT | the message is an array without objects
          5B 5D                         | NOT_AN_OBJECT | the message is an array without objects
          """)
  void theDetailNamesWhatTheMessageIs(String hex, RejectReason reason, String detail) {
    assertEquals(reason, parse(HexFormat.ofDelimiter(" ").parseHex(hex)));
    assertTrue(parser.detail().contains(detail), parser.detail());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "2021-01-23T12:12 Z"          | expected YYYY-MM-DDThh:mm:ss
          "23.01.2021 12:12:55"         | --timestampFormat=PATTERN reads other forms
          "20210123121255"              | --timestampFormat=uuuuMMdd or uuuuMMddHHmmss reads the date
          "1611403975.1234567890"       | more than nine digits behind the point
          1611403975.1234567890         | more than nine digits behind the point
          "2021-02-29T12:12:55Z"        | no such date or time
          "2021-02-29T12:12Z"           | no such date or time
          "2016-12-31T23:59:60Z"        | no such date or time
          "2021-01-23T24:00:00Z"        | no such date or time
          true                          | a boolean at $.ts; expected a number in --timestampUnit
          """,
      quoteCharacter = '`')
  void aBadTimestampSaysWhatIsExpected(String timestamp, String detail) {
    assertEquals(RejectReason.BAD_TIMESTAMP, parse("{\"ts\":" + timestamp + ",\"value\":1}"));
    assertTrue(parser.detail().contains(detail), parser.detail());
    assertTrue(parser.detail().contains("$.ts"), parser.detail());
  }

  @Test
  void theLocalTimesThatAClockChangeSkipsOrRepeatsAreTold() {
    var berlin =
        new OneReading(
            new JsonFormat("ts", "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS));
    byte[] skipped = "{\"ts\":\"2021-03-28T02:30:00\",\"value\":1}".getBytes(UTF_8);
    assertEquals(RejectReason.BAD_TIMESTAMP, berlin.parse(skipped, 0, skipped.length));
    assertTrue(
        berlin.detail().startsWith("a local time that Europe/Berlin skips"), berlin.detail());
    byte[] repeated = "{\"ts\":\"2021-10-31T02:30:00\",\"value\":1}".getBytes(UTF_8);
    assertNull(berlin.parse(repeated, 0, repeated.length));
    assertTrue(berlin.isTimeRepeated());
    assertEquals(EventTime.parse("2021-10-31T00:30:00Z"), berlin.tsMicros(), "the earlier");
    byte[] withOffset = "{\"ts\":\"2021-10-31T02:30:00+01:00\",\"value\":1}".getBytes(UTF_8);
    assertNull(berlin.parse(withOffset, 0, withOffset.length));
    assertFalse(berlin.isTimeRepeated());
    assertNull(berlin.parse(repeated, 0, repeated.length));
    byte[] number = "{\"ts\":1611403975123,\"value\":1}".getBytes(UTF_8);
    assertNull(berlin.parse(number, 0, number.length));
    assertFalse(berlin.isTimeRepeated());
  }

  @Test
  void theParserNeverThrowsAndForgetsTheLastMessage() {
    var random = new Random(4);
    byte[] good = ("{\"ts\":\"" + TS + "\",\"value\":57,\"x\":[1,\"é\"]}").getBytes(UTF_8);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      assertDoesNotThrow(() -> parser.parse(bytes, 0, length));
    }
    assertNull(parse(good));
    assertEquals(57.0, parser.value());
  }
}
