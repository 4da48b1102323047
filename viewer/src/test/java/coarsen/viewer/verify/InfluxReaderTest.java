package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second opinion on what a message of line protocol says. */
class InfluxReaderTest {
  private static final long KAFKA_MILLIS = 9;

  /** The parts as index@microseconds=value, or index!REASONS; ⏎ is a line feed, and ␍ a return. */
  private static String parts(@Nullable String valueField, TimeUnit unit, String text) {
    String lines = text.replace('⏎', '\n').replace('␍', '\r').replace('␉', '\t');
    return parts(
        new InfluxMessageFormat(valueField, unit, false),
        new SourceMessage(0, 0, KAFKA_MILLIS, lines.getBytes(UTF_8)));
  }

  private static String parts(InfluxMessageFormat format, SourceMessage message) {
    return format.reader().read(message, KAFKA_MILLIS).parts().stream()
        .map(
            part ->
                part.index()
                    + (part.isReading()
                        ? "@" + part.tsMicros() + "=" + part.value()
                        : "!" + String.join("+", part.faults().stream().map(Enum::name).toList())))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu v=1 7                                     | 0@7=1.0
          cpu,host=a,cpu=cpu0 v=1,w=-2.5 7              | 0@7=1.0 1@7=-2.5
          cpu v=1 7⏎cpu v=2⏎cpu v=3 8                   | 0@7=1.0 1@9000=2.0 2@8=3.0
          cpu v=1 7␍⏎cpu v=2 8␍⏎                        | 0@7=1.0 1@8=2.0
          ⏎⏎  ⏎# cpu v=1⏎cpu v=2 8⏎  # x                | 0@8=2.0
          `  cpu   v=1   7  `                           | 0@7=1.0
          cpu v=12i,w=12u,x=-12i,y=.5,z=1.e1 -7         | 0@-7=12.0 1@-7=12.0 2@-7=-12.0 3@-7=0.5 4@-7=10.0
          cpu a=t,b=False,v=1,s="x, y=1 2⏎",w=-0 7      | 2@7=1.0 4@7=0.0
          cpu s="a\\"b\\\\",v=1 7                       | 1@7=1.0
          c\\ p\\,u\\=,h\\ o\\,s\\=t=a\\ b\\,c\\=d v\\ \\,\\=w=1 7 | 0@7=1.0
          c\\pu,h\\ost=\\\\a v\\w=1 7                   | 0@7=1.0
          cpu s="x" 7                                   | ``
          cpu v=1e999,w=2 7                             | 0!NOT_FINITE 1@7=2.0
          cpu v=1 7⏎{"ts":1}⏎cpu v=2 8                  | 0@7=1.0 1!NOT_LINE_PROTOCOL 2@8=2.0
          cpu s="x"y,v=1 7⏎cpu v=2 8                    | 0!NOT_LINE_PROTOCOL 1@8=2.0
          cpu s="x 7⏎cpu s="y" 8⏎cpu v=3 9              | 0!NOT_LINE_PROTOCOL 1@9=3.0
          cpu s="x⏎cpu v=2 8                            | 0!NOT_LINE_PROTOCOL
          cpu v=1,v=2 7⏎cpu v=3 8                       | 0!DUPLICATE_FIELD 1@8=3.0
          cpu v=1,w=2 7.5⏎cpu v=3 8                     | 0!BAD_TIMESTAMP 1@8=3.0
          cpu v=1,v=2 soon                              | 0!DUPLICATE_FIELD+BAD_TIMESTAMP
          cpu v=1 9223372036854775808                   | 0!OUT_OF_RANGE
          cpu v=1 -62135596800000001                    | 0!OUT_OF_RANGE
          cpu v=18446744073709551615u,w=-9223372036854775808i 7 | 0@7=1.8446744073709552E19 1@7=-9.223372036854776E18
          ``                                            | 0!NOT_LINE_PROTOCOL
          # nothing⏎                                    | 0!NOT_LINE_PROTOCOL
          """)
  void eachFieldThatIsANumberIsAReading(String text, String expected) {
    assertEquals(expected, parts(null, TimeUnit.MICROSECONDS, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu
          cpu,host=a
          ,host=a v=1 7
          cpu, v=1 7
          cpu,host v=1 7
          cpu,host= v=1 7
          cpu,host=a=b v=1 7
          cpu,host=a␉b v=1 7
          cpu v= 7
          cpu v=1, 7
          cpu a b=1 7
          cpu =1 7
          cpu v=x 7
          cpu v=+1 7
          cpu v=NaN 7
          cpu v=1.5i 7
          cpu v=-1u 7
          cpu v=1e 7
          cpu v=tRUE 7
          cpu v=1␍ 7
          cpu v=9223372036854775808i 7
          cpu v=-9223372036854775809i 7
          cpu v=18446744073709551616u 7
          cpu v=1 7 8
          """)
  void whatIsNotLineProtocolTakesOneIndex(String line) {
    assertEquals(
        "0@6=0.0 1!NOT_LINE_PROTOCOL 2@8=1.0",
        parts(null, TimeUnit.MICROSECONDS, "cpu v=0 6⏎" + line + "⏎cpu v=1 8"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          v         | cpu u=1,v=2,s="x" 7⏎mem w=3 8⏎cpu v=4 9  | 1@7=2.0 4@9=4.0
          v,u       | cpu u=1,v=2,s="x" 7⏎mem w=3 8⏎cpu v=4 9  | 0@7=1.0 1@7=2.0 4@9=4.0
          none      | cpu u=1,v=2 7                            | ``
          a\\,b,é   | cpu a\\,b=1,a=2,b=3,é=4 7                | 0@7=1.0 3@7=4.0
          """)
  void fieldsAreChosenByName(String valueField, String text, String expected) {
    assertEquals(expected, parts(valueField, TimeUnit.MICROSECONDS, text));
  }

  @Test
  void aTimestampIsInItsUnitAndRoundedDown() {
    assertEquals(
        "0@1611403975123456=1.0", parts(null, TimeUnit.NANOSECONDS, "c v=1 1611403975123456999"));
    assertEquals("0@-1=1.0", parts(null, TimeUnit.NANOSECONDS, "c v=1 -1"));
    assertEquals(
        "0@9223372036854775=1.0", parts(null, TimeUnit.NANOSECONDS, "c v=1 9223372036854775807"));
    assertEquals("0!OUT_OF_RANGE", parts(null, TimeUnit.NANOSECONDS, "c v=1 9223372036854775808"));
    assertEquals("0@-1000000=1.0", parts(null, TimeUnit.SECONDS, "c v=1 -0000000000000000000001"));
  }

  @Test
  void aLineWithoutATimestampNeedsAKafkaTimestamp() {
    var format = new InfluxMessageFormat(null, TimeUnit.SECONDS, false);
    byte[] text = "c v=1,w=2\nc v=3 7".getBytes(UTF_8);
    assertEquals("0!BAD_TIMESTAMP 1@7000000=3.0", parts(format, new SourceMessage(0, 0, -1, text)));
  }

  @Test
  void stringsThatHoldNumbersAreReadIfAskedFor() {
    var format = new InfluxMessageFormat(null, TimeUnit.MICROSECONDS, true);
    byte[] text = "c a=\"12.5\",b=\"x\",c=\"12i\",d=\"01\",e=\"-3\" 7".getBytes(UTF_8);
    assertEquals("0@7=12.5 4@7=-3.0", parts(format, new SourceMessage(0, 0, 1, text)));
  }

  @Test
  void bytesThatAreNotUtf8SpoilTheirLineUnlessItIsAComment() {
    var format = new InfluxMessageFormat(null, TimeUnit.MICROSECONDS, false);
    byte[] text = "c,a=\u00e9 v=1 7\n#\u00e9\nc v=2 8".getBytes(ISO_8859_1);
    assertEquals("0!NOT_LINE_PROTOCOL 1@8=2.0", parts(format, new SourceMessage(0, 0, 1, text)));
  }

  @Test
  void moreThanAMessageCanHaveIsTooLarge() {
    String fields =
        IntStream.range(0, 65_536)
            .mapToObj(i -> Integer.toString(i, Character.MAX_RADIX) + "=1")
            .collect(Collectors.joining(","));
    assertTrue(parts(null, TimeUnit.SECONDS, "c " + fields + " 1").endsWith(" 65535@1000000=1.0"));
    assertEquals("0!TOO_LARGE", parts(null, TimeUnit.SECONDS, "c " + fields + " 1\nx"));
    assertEquals(
        "0@7000000=1.0 1!TOO_LARGE 2!TOO_LARGE",
        parts(
            null,
            TimeUnit.SECONDS,
            "c a=1,b=0." + "1".repeat(63) + ",c=" + "0".repeat(63) + "1i 7"));
  }

  @Test
  void fieldsAreNamedOnce() {
    for (String names : new String[] {"", "a,", "a,b,a"}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new InfluxMessageFormat(names, TimeUnit.SECONDS, false));
    }
  }
}
