package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.RejectReason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxMessageParserTest {
  private static final long KAFKA_MILLIS = 9;

  private static InfluxFormat choosing(String valueField) {
    return new InfluxFormat(TimeUnit.MICROSECONDS, valueField, false, null);
  }

  /** Reads a message with timestamps in microseconds; ⏎ is a line feed, and ␍ a return. */
  private static String parse(String message) {
    return parse(new InfluxFormat(TimeUnit.MICROSECONDS, null, false, null), message);
  }

  private static String parse(InfluxFormat format, String message) {
    String bytes = message.replace('⏎', '\n').replace('␍', '\r').replace('␉', '\t');
    return text(format.parser().parse(TestMessage.of(bytes, KAFKA_MILLIS)));
  }

  /**
   * The readings, as index@microseconds=value, what is not one, as index!REASON detail, and the
   * numbers of fields that were not read.
   */
  private static String text(ParsedMessage parsed) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < parsed.size(); i++) {
      parts.add(
          parsed.reason(i) == null
              ? parsed.index(i)
                  + (parsed.isKafkaTime(i) ? "@kafka" : "@" + parsed.tsMicros(i))
                  + "="
                  + parsed.value(i)
              : parsed.index(i) + "!" + parsed.reason(i) + " " + parsed.detail(i));
    }
    if (parsed.notNumbers() + parsed.notChosen() > 0) {
      parts.add("(" + parsed.notNumbers() + "," + parsed.notChosen() + ")");
    }
    return String.join(" ", parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu v=1 7                                     | 0@7=1.0
          cpu,host=a,cpu=cpu0 v=1,w=-2.5 7              | 0@7=1.0 1@7=-2.5
          cpu v=1                                       | 0@kafka=1.0
          cpu v=1 7⏎cpu v=2⏎cpu v=3 8                   | 0@7=1.0 1@kafka=2.0 2@8=3.0
          cpu v=1 7⏎                                    | 0@7=1.0
          cpu v=1 7␍⏎cpu v=2 8␍⏎                        | 0@7=1.0 1@8=2.0
          cpu v=1 7␍                                    | 0@7=1.0
          ⏎⏎  ⏎# cpu v=1⏎cpu v=2 8⏎  # x                | 0@8=2.0
          `  cpu   v=1   7  `                           | 0@7=1.0
          cpu v=-1 -7                                   | 0@-7=-1.0
          cpu v=12i,w=12u,x=-12i,y=0i,z=007i 7          | 0@7=12.0 1@7=12.0 2@7=-12.0 3@7=0.0 4@7=7.0
          cpu a=t,b=T,c=true,d=True,e=TRUE,v=1 7        | 5@7=1.0 (5,0)
          cpu a=f,b=F,c=false,d=False,v=1,e=FALSE 7     | 4@7=1.0 (5,0)
          cpu s="x",v=1,t="" 7                          | 1@7=1.0 (2,0)
          cpu s="a\\"b\\\\",v=1 7                       | 1@7=1.0 (1,0)
          cpu s="a\\b\\\\\\"",v=1 7                     | 1@7=1.0 (1,0)
          cpu s="a, b=1 2⏎mem v=3 4",v=1 7⏎cpu v=2 8    | 1@7=1.0 2@8=2.0 (1,0)
          cpu s="x" 7⏎cpu v=1 7                         | 1@7=1.0 (1,0)
          cpu s="x" 7                                   | (1,0)
          c\\ p\\,u\\=,h\\ o\\,s\\=t=a\\ b\\,c\\=d v\\ \\,\\=w=1 7 | 0@7=1.0
          c\\pu,h\\ost=\\a v\\w=1 7                     | 0@7=1.0
          cpu,path=C:\\\\x\\y v=1 7                     | 0@7=1.0
          cpu=1,host=a v=1 7                            | 0@7=1.0
          "cpu",host="a b="                             | 0!NOT_LINE_PROTOCOL line 1: a string without an end, which takes in all that follows
          "cpu",host="a v"=1 7                          | 0@7=1.0
          température,lieu=été v=1 7                    | 0@7=1.0
          cpu s="a␉b",v=1 7                             | 1@7=1.0 (1,0)
          """)
  void aLineGivesAReadingForEachFieldThatIsANumber(String message, String expected) {
    assertEquals(expected, parse(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu                       | it has no fields
          `cpu `                    | it has no fields
          cpu,host=a                | it has no fields
          cpu\\ v=1                 | it has no fields
          ,host=a v=1 7             | no measurement
          cpu, v=1 7                | a tag without a value
          cpu,host v=1 7            | a tag without a value
          cpu,host= v=1 7           | a tag without a value
          cpu,=a v=1 7              | a tag without a value
          cpu,host=a,,x=y v=1 7     | a tag without a value
          cpu,host=a=b v=1 7        | a tag's value with a = that has no backslash before it
          cpu,host=a\\ v=1 7        | a tag's value with a = that has no backslash before it
          cpu,host=a␉b v=1 7        | a control character in a name
          cpu␉v=1 7                 | a control character in a name
          cpu v=                    | a field without a value
          cpu v= 7                  | a field without a value
          cpu v=,w=1 7              | a field without a value
          cpu v 7                   | a field without a value
          cpu v,w=1 7               | a field without a value
          cpu a b=1 7               | a field without a value
          cpu v\\=1 7               | a field without a value
          cpu =1 7                  | a field without a name
          cpu v=1, 7                | a field without a name
          cpu v=1,                  | a field without a name
          cpu v=1,,w=2 7            | a field without a name
          cpu v=x 7                 | a value that is not a number, a boolean or a string in quotes
          cpu v=+1 7                | a value that is not a number, a boolean or a string in quotes
          cpu v=1x 7                | a value that is not a number, a boolean or a string in quotes
          cpu v=NaN 7               | a value that is not a number, a boolean or a string in quotes
          cpu v=-Inf 7              | a value that is not a number, a boolean or a string in quotes
          cpu v=1.5i 7              | a value that is not a number, a boolean or a string in quotes
          cpu v=1e3i 7              | a value that is not a number, a boolean or a string in quotes
          cpu v=-1u 7               | a value that is not a number, a boolean or a string in quotes
          cpu v=i 7                 | a value that is not a number, a boolean or a string in quotes
          cpu v=- 7                 | a value that is not a number, a boolean or a string in quotes
          cpu v=. 7                 | a value that is not a number, a boolean or a string in quotes
          cpu v=1e 7                | a value that is not a number, a boolean or a string in quotes
          cpu v=1e                  | a value that is not a number, a boolean or a string in quotes
          cpu v=1e+ 7               | a value that is not a number, a boolean or a string in quotes
          cpu v=0x10 7              | a value that is not a number, a boolean or a string in quotes
          cpu v=tRUE 7              | a value that is not a number, a boolean or a string in quotes
          cpu v=1= 7                | a value that is not a number, a boolean or a string in quotes
          cpu v=1"x" 7              | a value that is not a number, a boolean or a string in quotes
          cpu v=1␍ 7                | a value that is not a number, a boolean or a string in quotes
          cpu v=9223372036854775808i 7   | an integer beyond 64 bits
          cpu v=-9223372036854775809i 7  | an integer beyond 64 bits
          cpu v=18446744073709551616u 7  | an integer beyond 64 bits
          cpu s="x"y 7              | text behind a string
          cpu s="x"=1 7             | text behind a string
          cpu s="x                  | a string without an end, which takes in all that follows
          cpu s="x\\" 7             | a string without an end, which takes in all that follows
          cpu v=1 7 8               | text behind the timestamp
          cpu v=1 7 ,w=2            | text behind the timestamp
          {"ts":1,"value":2}        | looks like JSON; --format=json reads it
          [1]                       | looks like JSON; --format=json reads it
          """)
  void whatIsNotLineProtocolIsRejectedAndTheNextLineIsRead(String line, String detail) {
    assertEquals("0!NOT_LINE_PROTOCOL line 1: " + detail, parse(line));
    boolean takesInAll = detail.contains("all that follows");
    assertEquals(
        "0@6=0.0 1@6=0.0 2!NOT_LINE_PROTOCOL line 3: "
            + detail
            + (takesInAll ? "" : " 3@8=1.0 4@8=2.0"),
        parse("# comment⏎cpu v=0,w=0 6⏎" + line + "⏎cpu v=1,w=2 8⏎"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu v=1 soon                     | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 7.5                      | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 7,5                      | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 7i                       | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 1e3                      | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 -                        | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 2021-01-23T12:12:55Z     | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 w=2                      | BAD_TIMESTAMP its timestamp is not an integer; expected one in --timestampUnit
          cpu v=1 9223372036854775807      | OUT_OF_RANGE its timestamp is not in years 1 to 9999
          cpu v=1 -9223372036854775808     | OUT_OF_RANGE its timestamp is not in years 1 to 9999
          cpu v=1 9223372036854775808      | OUT_OF_RANGE its timestamp is beyond 64 bits
          cpu v=1,w=2,v=3 7                | DUPLICATE_FIELD field 3 has the name of one before it
          cpu v=1,w="x",w=t soon           | DUPLICATE_FIELD field 3 has the name of one before it
          cpu v\\,w=1,v\\,w=1 7            | DUPLICATE_FIELD field 2 has the name of one before it
          """)
  void aFaultOfTheWholeLineRejectsItOnce(String line, String reason) {
    assertEquals(
        "0@6=0.0 1!" + reason.replaceFirst(" ", " line 2: ") + " 2@8=1.0 (1,0)",
        parse("cpu v=0 6⏎" + line + "⏎cpu v=1,s=\"\" 8"));
  }

  @Test
  void anUnbalancedQuoteTakesInTheNextLinesUpToAnotherQuote() {
    assertEquals(
        "0!NOT_LINE_PROTOCOL line 1: text behind a string 1@9=3.0",
        parse("cpu s=\"x 7⏎cpu s=\"y\" 8⏎cpu v=3 9"));
    assertEquals(
        "0!NOT_LINE_PROTOCOL line 1: a value that is not a number, a boolean or a string in quotes"
            + " 1!NOT_LINE_PROTOCOL line 2: it has no fields 2@9=3.0",
        parse("cpu v=x,s=\"x⏎y\"⏎cpu v=3 9"),
        "behind a fault the next line feed counts, also in a string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "⏎", " ⏎␍⏎  ", "# cpu v=1 7", "#⏎\n#"})
  void aMessageWithoutALineIsRejected(String message) {
    assertEquals("0!NOT_LINE_PROTOCOL the message holds no line", parse(message));
  }

  @Test
  void whatIsNotUtf8IsRejectedButInAComment() {
    byte[] message =
        "cpu,a=é v=1 7\n#é\ncpu s=\"é\" 7\ncpu v=1,é=2,é=3\ncpu v=1 8".getBytes(ISO_8859_1);
    assertEquals(
        "0!NOT_LINE_PROTOCOL line 1: it is not UTF-8 1!NOT_LINE_PROTOCOL line 3: it is not UTF-8"
            + " 2!NOT_LINE_PROTOCOL line 4: it is not UTF-8 3@8000=1.0",
        text(
            new InfluxFormat(TimeUnit.MILLISECONDS, null, false, null)
                .parser()
                .parse(new TestMessage(message, 0, message.length, KAFKA_MILLIS))));
  }

  @Test
  void linesWithoutTimestampNeedAKafkaTimestamp() {
    for (long kafkaMillis : new long[] {-1, 0, Long.MAX_VALUE}) {
      assertEquals(
          "0!BAD_TIMESTAMP line 1: it has no timestamp, and the message has no Kafka timestamp that"
              + " can be true 1@7000=1.0",
          text(
              new InfluxFormat(TimeUnit.MILLISECONDS, null, false, null)
                  .parser()
                  .parse(TestMessage.of("cpu v=1,w=2\ncpu v=1 7", kafkaMillis))));
    }
    ParsedMessage parsed =
        InfluxFormat.DEFAULT.parser().parse(TestMessage.of("cpu v=1", KAFKA_MILLIS));
    assertEquals(KAFKA_MILLIS * 1_000, parsed.tsMicros(0));
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, -1, -1000000",
    "SECONDS, 253402300799, 253402300799000000",
    "MILLISECONDS, 1611403975123, 1611403975123000",
    "MICROSECONDS, 1611403975123456, 1611403975123456",
    "NANOSECONDS, 1611403975123456999, 1611403975123456",
    "NANOSECONDS, -1, -1",
    "NANOSECONDS, 9223372036854775807, 9223372036854775",
    "NANOSECONDS, 000000000000000000000001000, 1"
  })
  void aTimestampIsInTheUnitThatWasGiven(TimeUnit unit, String timestamp, long micros) {
    assertEquals(
        "0@" + micros + "=1.0",
        parse(new InfluxFormat(unit, null, false, null), "cpu v=1 " + timestamp));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          v         | cpu u=1,v=2,s="x" 7⏎mem w=3 8⏎cpu v=4 9  | 1@7=2.0 4@9=4.0 (1,2)
          v,u       | cpu u=1,v=2,s="x" 7⏎mem w=3 8⏎cpu v=4 9  | 0@7=1.0 1@7=2.0 4@9=4.0 (1,1)
          s         | cpu u=1,s="x" 7⏎cpu s=t 8⏎cpu s=5 9      | 3@9=5.0 (2,1)
          none      | cpu u=1,v=2 7                            | (0,2)
          a\\,b     | cpu a\\,b=1,a=2,b=3 7                    | 0@7=1.0 (0,2)
          a b,c=d   | cpu a\\ b=1,c\\=d=2 7                    | 0@7=1.0 1@7=2.0
          /v,/a~2   | cpu v=1,/v=2,/a~2=3 7                    | 1@7=2.0 2@7=3.0 (0,1)
          é         | cpu e=1,é=2 7                            | 1@7=2.0 (0,1)
          v         | cpu u=1e999,v=2 7                        | 1@7=2.0 (0,1)
          v         | cpu v=1e999,w=2 7                        | 0!NOT_FINITE line 1: field 1 is beyond the range of a double (0,1)
          v         | cpu u=1,u=2,v=3 7                        | 0!DUPLICATE_FIELD line 1: field 2 has the name of one before it
          """)
  void fieldsAreChosenByName(String valueField, String message, String expected) {
    assertEquals(expected, parse(choosing(valueField), message));
  }

  @Test
  void fieldsOfARejectedLineAreNotCounted() {
    assertEquals(
        "0!NOT_LINE_PROTOCOL line 1: text behind the timestamp 1!BAD_TIMESTAMP line 2: its timestamp"
            + " is not an integer; expected one in --timestampUnit",
        parse(choosing("v"), "cpu v=1,s=\"\",w=1 7 x⏎cpu v=1,s=\"\",w=1 x"));
  }

  @Test
  void stringsThatHoldNumbersAreReadIfAskedFor() {
    var all = new InfluxFormat(TimeUnit.MICROSECONDS, null, true, null);
    assertEquals(
        "0@7=12.5 4@7=-3.0 (3,0)", parse(all, "cpu a=\"12.5\",b=\"x\",c=\"12i\",d=t,e=\"-3\" 7"));
    assertEquals(
        "(8,0)",
        parse(all, "c a=\"\",b=\" 1\",c=\"01\",d=\"1.\",e=\".5\",f=\"NaN\",g=\"1é\",h=\"+1\" 7"));
    var one = new InfluxFormat(TimeUnit.MICROSECONDS, "a", true, null);
    assertEquals("0@7=12.5 (1,1)", parse(one, "cpu a=\"12.5\",b=\"1\",c=2 7"));
    assertEquals(
        "0!NOT_FINITE line 1: field 1 is beyond the range of a double",
        parse(one, "cpu a=\"1e999\""));
    assertEquals(
        "0!TOO_LARGE line 1: field 1 is a number of over 64 characters",
        parse(one, "cpu a=\"" + "1".repeat(65) + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "57",
        "57.0",
        "0.25",
        "1e3",
        "1E+3",
        "1.e2",
        ".5e-1",
        "1.",
        "00012.50",
        "0.1",
        "9007199254740993",
        "9007199254740992",
        "99.79757085020243",
        "1e22",
        "1e23",
        "3e-22",
        "9007199254740991e22",
        "9007199254740993e-22",
        "123456789012345678901234567890",
        "0.000000000000000000000000000001",
        "4.9e-324",
        "2e-324",
        "1.7976931348623157e308",
        "0.1e-99999999999",
        "0e99999999999",
        "12345678901234567e-1",
        "999999999999999999"
      })
  void aValueIsTheNearestDouble(String number) {
    assertEquals("0@7=" + Double.parseDouble(number), parse("cpu v=" + number + " 7"));
    assertEquals("0@7=" + (0.0 - Double.parseDouble(number)), parse("cpu v=-" + number + " 7"));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807i, 9.223372036854775807E18",
    "-9223372036854775808i, -9.223372036854775807E18",
    "9007199254740993i, 9007199254740992",
    "9007199254740995i, 9007199254740996",
    "18446744073709551615u, 1.8446744073709552E19",
    "10000000000000000000u, 1E19",
    "00000000000000000000000000001i, 1"
  })
  void anIntegerIsTheNearestDouble(String integer, double value) {
    assertEquals("0@7=" + value, parse("cpu v=" + integer + " 7"));
  }

  @Test
  void randomNumbersAreTheNearestDoubles() {
    var random = new Random(11);
    var number = new InfluxNumber();
    for (int i = 0; i < 50_000; i++) {
      String text = randomNumber(random);
      byte[] bytes = ("x" + text + "x").getBytes(UTF_8);
      assertTrue(number.read(bytes, 1, bytes.length - 1), text);
      assertEquals(
          Double.doubleToRawLongBits(Double.parseDouble(text) + 0.0),
          Double.doubleToRawLongBits(number.value()),
          text);
    }
  }

  private static String randomNumber(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() >>> 2));
      case 1 -> Double.toString(random.nextDouble() * 100);
      case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 3 -> new BigInteger(random.nextInt(1, 120), random) + "e" + random.nextInt(-340, 320);
      default -> {
        String digits = new BigInteger(random.nextInt(1, 100), random).toString();
        int point = random.nextInt(digits.length() + 1);
        String text = digits.substring(0, point) + "." + digits.substring(point);
        yield text.equals(".") ? "0" : "-" + text;
      }
    };
  }

  @Test
  void minusZeroIsZero() {
    for (String zero : new String[] {"-0", "-0.0", "-0i", "-1e-999", "-.0e5"}) {
      ParsedMessage parsed =
          InfluxFormat.DEFAULT.parser().parse(TestMessage.of("cpu v=" + zero, KAFKA_MILLIS));
      assertEquals(0, Double.doubleToRawLongBits(parsed.value(0)), zero);
    }
  }

  @Test
  void aNumberThatCannotBeADoubleRejectsItsReadingAlone() {
    assertEquals(
        "0@7=1.0 1!NOT_FINITE line 1: field 2 is beyond the range of a double"
            + " 2!TOO_LARGE line 1: field 3 is a number of over 64 characters 3@7=2.0 (1,0)",
        parse("cpu a=1,b=-1e999,c=0." + "1".repeat(63) + ",d=2,e=t 7"));
    assertEquals("0@7=0.1", parse("cpu a=0.1" + "0".repeat(61) + " 7"));
  }

  @Test
  void aMessageIsTooLargeByItsBytesOrFields() {
    MessageParser parser = InfluxFormat.DEFAULT.parser();
    assertEquals(
        "0!TOO_LARGE 1048577 bytes; at most 1048576 are read",
        text(parser.parse(TestMessage.of(" ".repeat((1 << 20) + 1), 1))));
    String most = fields(ParsedMessage.MAX_READINGS);
    ParsedMessage read = parser.parse(TestMessage.of("cpu " + most, 1));
    assertEquals(ParsedMessage.MAX_READINGS, read.size());
    assertEquals(ParsedMessage.MAX_READINGS - 1, read.index(read.size() - 1));
    String tooMany = "0!TOO_LARGE more than 65536 fields and bad lines";
    assertEquals(tooMany, text(parser.parse(TestMessage.of("cpu " + most + ",s=t", 1))));
    assertEquals(tooMany, text(parser.parse(TestMessage.of("cpu " + most + "\nx", 1))));
    assertEquals(
        "0!NOT_LINE_PROTOCOL line 1: a field without a name 1@kafka=1.0",
        text(parser.parse(TestMessage.of("cpu " + most + ",\ncpu v=1", 1))));
    assertEquals(
        tooMany,
        text(parser.parse(TestMessage.of("x\n".repeat(ParsedMessage.MAX_READINGS + 1), 1))));
  }

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toString(i, Character.MAX_RADIX) + "=1")
        .collect(Collectors.joining(","));
  }

  @Test
  void theTimeToReadAMessageGrowsWithItsLengthAlone() {
    MessageParser parser = InfluxFormat.DEFAULT.parser();
    List<String> messages =
        List.of(
            "cpu " + fields(100_000),
            "cpu " + fields(ParsedMessage.MAX_READINGS),
            "cpu v=\"\n".repeat(100_000),
            "cpu v=\"\"x\"\n".repeat(60_000),
            "cpu,a=" + "\\".repeat(1_000_000),
            "cpu v=" + "1".repeat(1_000_000),
            "#\n".repeat(500_000),
            "cpu " + "\\=".repeat(500_000));
    assertTimeout(
        Duration.ofSeconds(20),
        () -> messages.forEach(message -> parser.parse(TestMessage.of(message, 1))));
  }

  @Test
  void readsOnlyThePartOfTheArrayThatItIsGiven() {
    byte[] bytes = "=1,cpu v=1 77\nx".getBytes(UTF_8);
    assertEquals(
        "0@7=1.0",
        text(
            new InfluxFormat(TimeUnit.MICROSECONDS, null, false, null)
                .parser()
                .parse(new TestMessage(bytes, 3, bytes.length - 6, 1))));
  }

  @Test
  void theParserNeverThrowsAndForgetsTheLastMessage() {
    var random = new Random(6);
    byte[] good =
        """
        cpu,host=a\\ b v=1.5,w=12i,s="x\\"
         y",b=t 1611403975123456789\r
        # comment

        mém,x=y u=18446744073709551615u,f=1e-5
        """
            .getBytes(UTF_8);
    String expected =
        "0@1611403975123456=1.5 1@1611403975123456=12.0 4@kafka="
            + "1.8446744073709552E19 5@kafka=1.0E-5 (2,0)";
    MessageParser parser = InfluxFormat.DEFAULT.parser();
    MessageParser choosing = new InfluxFormat(TimeUnit.SECONDS, "v,s,f", true, null).parser();
    byte[] likely = "\\\",= \n\r#0e.-iut\u00c3".getBytes(ISO_8859_1);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : likely[random.nextInt(likely.length)];
      }
      int start = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 0;
      int length =
          random.nextInt(4) == 0 ? random.nextInt(bytes.length - start) : bytes.length - start;
      ParsedMessage parsed =
          assertDoesNotThrow(() -> parser.parse(new TestMessage(bytes, start, length, 1)));
      assertSound(parsed);
      assertSound(
          assertDoesNotThrow(() -> choosing.parse(new TestMessage(bytes, start, length, 1))));
      if (i % 1_000 == 0) {
        assertEquals(expected, text(parser.parse(new TestMessage(good, 0, good.length, 1))));
      }
    }
  }

  private static void assertSound(ParsedMessage parsed) {
    int last = -1;
    for (int i = 0; i < parsed.size(); i++) {
      assertTrue(parsed.index(i) > last);
      last = parsed.index(i);
      @Nullable RejectReason reason = parsed.reason(i);
      assertTrue(reason == null ? Double.isFinite(parsed.value(i)) : !parsed.detail(i).isEmpty());
    }
    assertTrue(last >= 0 || parsed.notNumbers() + parsed.notChosen() > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,,b  | --valueField='a,,b' has an empty name
          ''    | --valueField='' has an empty name
          a,b,a | --valueField names 'a' twice
          """)
  void namesThatAreMissingOrRepeatedAreRefused(String valueField, String problem) {
    var refused = assertThrows(IllegalArgumentException.class, () -> choosing(valueField));
    assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu,host=a usage=1.5 1611403975000000000       | true
          # comment⏎cpu usage=1.5,s="x" 1611403975⏎x     | true
          cpu usage=1.5                                  | false
          level=info usage=1.5 rate=2                    | false
          plain text with an a=b                         | false
          {"ts":1                                        | false
          """)
  void theJsonParserNamesLineProtocol(String message, boolean isLineProtocol) {
    ParsedMessage parsed =
        JsonFormat.DEFAULT.parser().parse(TestMessage.of(message.replace('⏎', '\n'), 1));
    assertEquals(RejectReason.NOT_JSON, parsed.reason(0));
    assertEquals(
        isLineProtocol
            ? "Influx line protocol; --format=influx reads it"
            : "not one JSON document in UTF-8",
        parsed.detail(0));
  }
}
