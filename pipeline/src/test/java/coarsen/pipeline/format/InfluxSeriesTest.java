package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The series of readings in line protocol. */
class InfluxSeriesTest {
  private static InfluxFormat format(
      @Nullable String values, String series, @Nullable String missing) {
    return new InfluxFormat(
        TimeUnit.MICROSECONDS, values, false, SeriesFields.parse(series, missing, 10));
  }

  private static String parse(InfluxFormat format, String message, byte @Nullable [] key) {
    ParsedMessage parsed =
        format.parser().parse(TestMessage.of(message.replace('⏎', '\n'), 1).withKey(key));
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < parsed.size(); i++) {
      parts.add(
          parsed.index(i)
              + (parsed.reason(i) == null
                  ? "=" + parsed.value(i) + " of " + parsed.series(i)
                  : "!" + parsed.reason(i) + " " + parsed.detail(i)));
    }
    return String.join("; ", parts);
  }

  private static String parse(InfluxFormat format, String message) {
    return parse(format, message, "k1".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          @series          | cpu,host=a,core=0 v=2 1       | 0=2.0 of core=0,host=a,measurement=cpu
          @series          | cpu v=2 1                     | 0=2.0 of measurement=cpu
          @series          | cpu,host=a v=2 1⏎mem,host=a v=3 1⏎mem,rack=r v=4 1 | 0=2.0 of host=a,measurement=cpu; 1=3.0 of host=a,measurement=mem; 2=4.0 of measurement=mem,rack=r
          @series,@key     | cpu,host=a v=2 1              | 0=2.0 of host=a,key=k1,measurement=cpu
          @measurement     | cpu,host=a v=2 1              | 0=2.0 of measurement=cpu
          @measurement     | c\\=p\\,u\\ x\\y v=2 1      | 0=2.0 of measurement=c\\\\\\=p\\,u\\ x\\\\y
          host             | cpu,core=0,host=a v=2 1       | 0=2.0 of host=a
          host,@measurement,@key | cpu,host=a v=2 1        | 0=2.0 of host=a,key=k1,measurement=cpu
          @key             | cpu,key=x v=2 1               | 0=2.0 of key=k1
          key,@key         | cpu,key=x v=2 1               | 0=2.0 of @key=k1,key=x
          measurement,@measurement | cpu,measurement=x v=2 1 | 0=2.0 of @measurement=cpu,measurement=x
          a\\,b            | cpu,a\\,b=x\\ y\\=z\\n v=2 1  | 0=2.0 of a\\,b=x\\ y\\=z\\\\n
          ü                | cpu,ü=ä v=2 1                 | 0=2.0 of ü=ä
          host             | cpu,a=1,a=2,host=x v=2 1      | 0=2.0 of host=x
          """)
  void measurementsAndTagsAreLabels(String series, String message, String expected) {
    assertEquals(expected, parse(format("v", series, null), message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `v,w`  | 0=2.0 of field=v,host=a; 1=3.0 of field=w,host=a; 4=6.0 of field=v,host=b
          ``     | 0=2.0 of field=v,host=a; 1=3.0 of field=w,host=a; 3=5.0 of field=x\\ y,host=a; 4=6.0 of field=v,host=b
          w      | 1=3.0 of host=a
          """)
  void fieldsAreLabelsWhereThereMayBeSeveral(String values, String expected) {
    String message = "cpu,host=a v=2,w=3,s=\"t\",x\\ y=5 1⏎cpu,host=b v=6 1";
    assertEquals(expected, parse(format(values.isEmpty() ? null : values, "host", null), message));
  }

  @Test
  void readingsThatAreRejectedLeaveTheOthersTheirNames() {
    assertEquals(
        "0!NOT_FINITE line 1: field 1 is beyond the range of a double; 1=3.0 of field=w,host=a",
        parse(format(null, "host", null), "cpu,host=a v=1e999,w=3 1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          host    | cpu v=2 1                 | 0!MISSING_FIELD line 1: no tag host
          host    | cpu,Host=a v=2 1⏎cpu,host=b v=3 1 | 0!MISSING_FIELD line 1: no tag host; 1=3.0 of host=b
          host    | cpu,host=a,host=b v=2 1   | 0!BAD_LABEL line 1: tag 2 has the name of another label
          @series | cpu,a=1,b=2,a=1 v=2 1     | 0!BAD_LABEL line 1: tag 3 has the name of another label
          @series | cpu,measurement=x v=2 1   | 0!BAD_LABEL line 1: tag 1 has the name of another label
          `@series,@key` | cpu,a=1,key=x v=2 1 | 0!BAD_LABEL line 1: tag 2 has the name of another label
          host    | cpu,host= v=2 1           | 0!NOT_LINE_PROTOCOL line 1: a tag without a value
          host    | cpu v=2 x                 | 0!BAD_TIMESTAMP line 1: its timestamp is not an integer; expected one in --timestampUnit
          """)
  void linesWithoutLabelsAreRejected(String series, String message, String expected) {
    assertEquals(expected, parse(format("v", series, null), message));
  }

  @Test
  void aTagMayNotHaveTheNameOfTheFieldsLabel() {
    assertEquals(
        "0!BAD_LABEL line 1: tag 1 has the name of another label",
        parse(format(null, "@series", null), "cpu,field=x v=2 1"));
  }

  @Test
  void missingLabelsHaveATextIfItIsGiven() {
    assertEquals(
        "0=2.0 of host=none,key=none",
        parse(format("v", "host,@key", "none"), "cpu,core=0 v=2 1", null));
  }

  @Test
  void keysThatAreNotLabelsRejectEachLine() {
    assertEquals(
        "0!MISSING_FIELD line 1: the message has no key; 1!MISSING_FIELD line 2: the message has no"
            + " key",
        parse(format("v", "@key", null), "cpu v=2 1⏎cpu v=3 1", null));
    assertEquals(
        "0!BAD_LABEL line 1: the message's key is not UTF-8",
        parse(format("v", "@key", null), "cpu v=2 1", new byte[] {(byte) 0xFF}));
  }

  @Test
  void longLabelsAreRejected() {
    String most = "x".repeat(1_024);
    InfluxFormat all = format(null, "@series", null);
    assertEquals(
        "0=2.0 of %s=%s,field=%s,measurement=%s".formatted("a", most, most, most),
        parse(all, "%s,a=%s %s=2 1".formatted(most, most, most)));
    assertEquals(
        "0!BAD_LABEL line 1: the measurement is over 1024 characters",
        parse(all, most + "x v=2 1"));
    assertEquals(
        "0!BAD_LABEL line 1: tag 1 is over 1024 characters",
        parse(all, "m,a=%sx v=2 1".formatted(most)));
    assertEquals(
        "0!BAD_LABEL line 1: field 1 has a name of over 1024 characters; 1=3.0 of"
            + " field=v,measurement=m",
        parse(all, "m %sx=2,v=3 1".formatted(most)));
    assertEquals(
        "0!BAD_LABEL line 1: label host is over 1024 characters",
        parse(format("v", "host", null), "m,host=%sx v=2 1".formatted(most)));
  }

  @Test
  void aLineHasAtMost64TagsAsLabels() {
    InfluxFormat all = format("v", "@series", null);
    String tags =
        IntStream.range(10, 75).mapToObj(i -> ",t" + i + "=x").collect(Collectors.joining());
    assertEquals(
        "0!BAD_LABEL line 1: 65 tags; at most 64 are labels", parse(all, "m" + tags + " v=2 1"));
    assertEquals(
        "0=2.0 of measurement=m" + tags.substring(0, tags.length() - 6),
        parse(all, "m" + tags.substring(0, tags.length() - 6) + " v=2 1"));
    assertEquals("0=2.0 of t10=x", parse(format("v", "t10", null), "m" + tags + " v=2 1"));
  }

  @Test
  void allTagsAreLabelsUpToTheLengthThatInfluxDbTakes() {
    InfluxFormat all = format("v", "@series", null);
    String most = "m,é%s=x,b=y".formatted("t".repeat(65_535 - 10));
    assertEquals(65_535, most.getBytes(UTF_8).length);
    assertTrue(parse(all, most + " v=2 1").startsWith("0=2.0 of b=y,measurement=m,étt"));
    assertEquals(
        "0!BAD_LABEL line 1: its measurement and tags have over 65535 bytes; 1=3.0 of measurement=m",
        parse(all, most + "z v=2 1⏎m v=3 1"));
    assertEquals("0=2.0 of b=yz", parse(format("v", "b", null), most + "z v=2 1"));
  }

  @Test
  void manyFieldsKeepTheirNames() {
    String fields =
        IntStream.range(0, 1_000).mapToObj(i -> "f" + i + "=" + i).collect(Collectors.joining(","));
    String expected =
        IntStream.range(0, 1_000)
            .mapToObj(i -> i + "=" + i + ".0 of field=f" + i)
            .collect(Collectors.joining("; "));
    assertEquals(
        expected.replace(" of field", " of a=1,field"),
        parse(format(null, "a", null), "m,a=1 " + fields + " 1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @series,host         | --seriesField=@series has the measurement and all tags; leave out 'host'
          @series,@measurement | --seriesField=@series has the measurement and all tags; leave out '@measurement'
          @tags                | --seriesField=@tags is not known; write @series, @measurement, @key or the names of tags
          field                | --seriesField=field would be the label 'field', which says where the value is if there may be several; leave it out, or name one --valueField
          """)
  void namesThatContradictEachOtherAreRefused(String series, String expected) {
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> format(null, series, null))
            .getMessage());
  }

  @Test
  void jsonHasNoMeasurement() {
    assertEquals(
        "--seriesField=@series is for --format=influx; with JSON, name the fields, and write"
            + " /@series if one is called that",
        assertThrows(
                IllegalArgumentException.class,
                () -> JsonLabels.names(SeriesFields.parse("@series", null, 10), 1))
            .getMessage());
  }
}
