package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The labels that the second readers find in messages. */
class LabelsTest {
  private static String parts(MessageFormat format, String message, byte @Nullable [] key) {
    var source = new SourceMessage(0, 0, 1, key, message.replace('⏎', '\n').getBytes(UTF_8));
    return format.reader().read(source, 1).parts().stream()
        .map(
            part ->
                part.index()
                    + (part.isReading()
                        ? "=" + part.value() + " of " + part.series()
                        : "!" + new TreeSet<>(part.faults())))
        .collect(Collectors.joining("; "));
  }

  private static String parts(MessageFormat format, String message) {
    return parts(format, message, "k1".getBytes(UTF_8));
  }

  private static MessageFormat json(String values, String series, @Nullable String missing) {
    return new JsonMessageFormat(
        null,
        "t",
        values,
        ZoneId.of("UTC"),
        TimeUnit.MILLISECONDS,
        null,
        false,
        SeriesFormat.parse(series, missing));
  }

  private static MessageFormat influx(
      @Nullable String values, String series, @Nullable String missing) {
    return new InfluxMessageFormat(
        values, TimeUnit.MICROSECONDS, false, SeriesFormat.parse(series, missing));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          d      | {"t":1,"d":"a","v":2}                 | 0=2.0 of d=a
          d,b    | {"d":"x","v":2,"b":"y","t":1}         | 0=2.0 of b=y,d=x
          d      | {"t":1,"v":2,"d":12}                  | 0=2.0 of d=12
          d      | {"t":1,"v":2,"d":0}                   | 0=2.0 of d=0
          d      | {"t":1,"v":2,"d":-0}                  | 0=2.0 of d=-0
          d      | {"t":1,"d":12.50,"v":2}               | 0=2.0 of d=12.50
          d      | {"t":1,"d":1e3,"v":2}                 | 0=2.0 of d=1e3
          d      | {"t":1,"d":-1E400,"v":2}              | 0=2.0 of d=-1E400
          d      | {"t":1,"d":1e-0099999999999,"v":2}    | 0=2.0 of d=1e-0099999999999
          d      | {"t":1,"d":123456789012345678901,"v":2} | 0=2.0 of d=123456789012345678901
          d      | [{"t":1,"d":0,"v":2},{"t":1,"d":0.0,"v":3}] | 0=2.0 of d=0; 1=3.0 of d=0.0
          d,e    | {"t":1,"d":0,"e":-0,"v":2}            | 0=2.0 of d=0,e=-0
          d      | {"t":1,"v":2,"d":true}                | 0=2.0 of d=true
          d      | {"t":1,"v":2,"d":""}                  | 0=2.0 of d=
          d\\,e  | {"t":1,"v":2,"d,e":"x"}               | 0=2.0 of d\\,e=x
          /p/d   | {"t":1,"v":2,"p":{"d":"x"}}           | 0=2.0 of d=x
          /p/1   | {"t":1,"v":2,"p":["x","y"]}           | 0=2.0 of 1=y
          /a/d,/b/d | {"t":1,"v":2,"a":{"d":"x"},"b":{"d":"y"}} | 0=2.0 of /a/d=x,/b/d=y
          /      | {"t":1,"v":2,"":"x"}                  | 0=2.0 of /=x
          @key,d | {"t":1,"v":2,"d":"x"}                 | 0=2.0 of d=x,key=k1
          @key,key | {"t":1,"v":2,"key":"x"}             | 0=2.0 of @key=k1,key=x
          d      | {"t":1,"v":2}                         | 0![MISSING_FIELD]
          d      | {"t":1,"v":2,"d":null}                | 0![MISSING_FIELD]
          d      | {"t":1,"v":2,"d":{}}                  | 0![BAD_LABEL]
          d      | {"t":1,"v":2,"d":["x"]}               | 0![BAD_LABEL]
          d      | {"t":1,"v":2,"d":"\\ud800"}           | 0![BAD_LABEL]
          d      | {"t":1,"v":2,"d":"a","d":"b"}         | 0![DUPLICATE_FIELD]
          d      | {"t":"x","v":"y"}                     | 0![MISSING_FIELD, NOT_A_NUMBER, BAD_TIMESTAMP]
          """)
  void ofJson(String series, String message, String expected) {
    assertEquals(
        new TreeSet<>(List.of(expected.split("[\\[\\], ]+"))),
        new TreeSet<>(List.of(parts(json("v", series, null), message).split("[\\[\\], ]+"))));
  }

  @Test
  void severalFieldsAreALabelAndShareTheFaultsOfTheirObject() {
    assertEquals(
        "0=1.0 of d=x,field=a; 1=2.0 of d=x,field=b",
        parts(json("a,b", "d", null), "{\"t\":1,\"d\":\"x\",\"a\":1,\"b\":2}"));
    assertEquals("0![MISSING_FIELD]", parts(json("a,b", "d", null), "{\"t\":1,\"a\":1,\"b\":2}"));
    assertEquals(
        "0=1.0 of field=a,host=h,measurement=m; 1=2.0 of field=b,host=h,measurement=m",
        parts(influx("a,b", "@series", null), "m,host=h a=1,b=2 1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          @series          | cpu,host=a,core=0 v=2 1       | 0=2.0 of core=0,host=a,measurement=cpu
          @series,@key     | cpu,host=a v=2 1              | 0=2.0 of host=a,key=k1,measurement=cpu
          @measurement     | cpu,host=a v=2 1              | 0=2.0 of measurement=cpu
          @measurement     | c\\=p\\,u\\ x\\y v=2 1      | 0=2.0 of measurement=c\\\\\\=p\\,u\\ x\\\\y
          host             | cpu,core=0,host=a v=2 1       | 0=2.0 of host=a
          key,@key         | cpu,key=x v=2 1               | 0=2.0 of @key=k1,key=x
          measurement,@measurement | cpu,measurement=x v=2 1 | 0=2.0 of @measurement=cpu,measurement=x
          measurement      | cpu,measurement=x v=2 1       | 0=2.0 of measurement=x
          a\\,b            | cpu,a\\,b=x\\ y\\=z\\n v=2 1  | 0=2.0 of a\\,b=x\\ y\\=z\\\\n
          ü                | cpu,ü=ä v=2 1                 | 0=2.0 of ü=ä
          host             | cpu,a=1,a=2,host=x v=2 1      | 0=2.0 of host=x
          host             | cpu v=2 1⏎cpu,host=b v=3 1    | 0![MISSING_FIELD]; 1=3.0 of host=b
          host             | cpu,host=a,host=b v=2 1       | 0![BAD_LABEL]
          @series          | cpu,a=1,b=2,a=1 v=2 1         | 0![BAD_LABEL]
          @series          | cpu,measurement=x v=2 1       | 0![BAD_LABEL]
          @series,@key     | cpu,a=1,key=x v=2 1           | 0![BAD_LABEL]
          """)
  void ofLineProtocol(String series, String message, String expected) {
    assertEquals(expected, parts(influx("v", series, null), message));
  }

  @Test
  void missingLabelsHaveTheTextThatIsGiven() {
    assertEquals(
        "0=2.0 of d=none,key=none", parts(json("v", "d,@key", "none"), "{\"t\":1,\"v\":2}", null));
    assertEquals(
        "0=2.0 of host=none,key=none", parts(influx("v", "host,@key", "none"), "m v=2 1", null));
  }

  @Test
  void keysThatAreNotLabelsAreFaults() {
    assertEquals("0![MISSING_FIELD]", parts(json("v", "@key", null), "{\"t\":1,\"v\":2}", null));
    byte[] bad = {(byte) 0xFF};
    assertEquals("0![BAD_LABEL]", parts(json("v", "@key", null), "{\"t\":1,\"v\":2}", bad));
    assertEquals("0![BAD_LABEL]", parts(influx("v", "@key", null), "m v=2 1", bad));
  }

  @Test
  void longLabelsAreFaults() {
    String most = "😀".repeat(1_024);
    assertEquals(
        "0=2.0 of d=" + most,
        parts(json("v", "d", null), "{\"t\":1,\"v\":2,\"d\":\"%s\"}".formatted(most)));
    assertEquals(
        "0![BAD_LABEL]",
        parts(json("v", "d", null), "{\"t\":1,\"v\":2,\"d\":\"%sx\"}".formatted(most)));
    String longest = "x".repeat(1_024);
    assertEquals(
        "0![BAD_LABEL]; 1=3.0 of field=v,measurement=m",
        parts(influx(null, "@series", null), "m %sx=2,v=3 1".formatted(longest)));
    assertEquals("0![BAD_LABEL]", parts(influx(null, "@series", null), longest + "x v=3 1"));
    String tags =
        IntStream.range(10, 75).mapToObj(i -> ",t" + i + "=x").collect(Collectors.joining());
    assertEquals("0![BAD_LABEL]", parts(influx("v", "@series", null), "m" + tags + " v=2 1"));
    assertEquals("0![BAD_LABEL]", parts(influx(null, "@series", null), "m,field=x v=2 1"));
    String head = "m,é%s=x,b=y".formatted("t".repeat(65_535 - 10));
    assertTrue(parts(influx("v", "@series", null), head + " v=2 1").startsWith("0=2.0 of b=y,"));
    assertEquals("0![BAD_LABEL]", parts(influx("v", "@series", null), head + "z v=2 1"));
    assertEquals("0=2.0 of b=yz", parts(influx("v", "b", null), head + "z v=2 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,", "a,a"})
  void fieldsHaveNamesThatDiffer(String fields) {
    assertThrows(IllegalArgumentException.class, () -> SeriesFormat.parse(fields, null));
  }

  @ParameterizedTest
  @CsvSource({
    "json, v, @series, --seriesField=@series is for --format=influx",
    "json, v, '@key,@measurement', --seriesField=@measurement is for --format=influx",
    "json, 'a,b', field, --seriesField=field would be the label 'field'",
    "json, 'a,b', '/x/field', --seriesField=/x/field would be the label 'field'",
    "influx, 'a,b', field, --seriesField=field would be the label 'field'",
    "influx, , field, --seriesField=field would be the label 'field'",
    "influx, v, '@series,host', --seriesField=@series has the measurement and all tags",
    "influx, v, '@series,@measurement', --seriesField=@series has the measurement and all tags",
    "influx, v, '@host', --seriesField=@host is not known",
  })
  void fieldsThatTheRunRefusesAreRefused(
      String format, @Nullable String values, String series, String expected) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> {
                  var unused =
                      format.equals("json")
                          ? json(String.valueOf(values), series, null)
                          : influx(values, series, null);
                })
            .getMessage();
    assertTrue(String.valueOf(message).startsWith(expected), message);
  }

  @Test
  void aLabelMayBeCalledFieldWhereOneFieldHasTheValue() {
    assertEquals(
        "0=2.0 of field=x", parts(json("v", "field", null), "{\"t\":1,\"v\":2,\"field\":\"x\"}"));
    assertEquals("0=2.0 of field=x", parts(influx("v", "field", null), "m,field=x v=2 1"));
    assertEquals(
        "0=2.0 of field=x,measurement=m", parts(influx("v", "@series", null), "m,field=x v=2 1"));
  }
}
