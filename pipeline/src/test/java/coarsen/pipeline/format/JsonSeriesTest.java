package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The series of readings in JSON. */
class JsonSeriesTest {
  private static JsonFormat format(
      @Nullable String readings, String values, String series, @Nullable String missing) {
    return new JsonFormat(
        readings,
        "t",
        values,
        ZoneId.of("UTC"),
        TimeUnit.MILLISECONDS,
        null,
        false,
        SeriesFields.parse(series, missing, 10));
  }

  private static JsonFormat format(String series) {
    return format(null, "v", series, null);
  }

  private static ParsedMessage parse(InputFormat format, String message) {
    return format.parser().parse(TestMessage.of(message, 1).withKey("k1".getBytes(UTF_8)));
  }

  /** The readings, as index=value of series, and what is not one, as index!REASON. */
  private static String text(ParsedMessage parsed) {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          d      | {"t":1,"d":"a","v":2}                 | 0=2.0 of d=a
          d,b    | {"d":"x","v":2,"b":"y","t":1}         | 0=2.0 of b=y,d=x
          d      | {"t":1,"v":2,"d":12.50}               | 0=2.0 of d=12.50
          d      | {"t":1,"v":2,"d":-1E+3}               | 0=2.0 of d=-1E+3
          d      | {"t":1,"v":2,"d":18446744073709551616} | 0=2.0 of d=18446744073709551616
          d      | {"t":1,"v":2,"d":-0}                  | 0=2.0 of d=-0
          d      | {"t":1,"v":2,"d":true}                | 0=2.0 of d=true
          d      | {"t":1,"v":2,"d":""}                  | 0=2.0 of d=
          d      | {"t":1,"v":2,"d":"null"}              | 0=2.0 of d=null
          d\\,e  | {"t":1,"v":2,"d,e":"x"}               | 0=2.0 of d\\,e=x
          /p/d   | {"t":1,"v":2,"p":{"d":"x"}}           | 0=2.0 of d=x
          /p/1   | {"t":1,"v":2,"p":["x","y"]}           | 0=2.0 of 1=y
          /a/d,/b/d | {"t":1,"v":2,"a":{"d":"x"},"b":{"d":"y"}} | 0=2.0 of /a/d=x,/b/d=y
          /a/d,d | {"t":1,"v":2,"a":{"d":"x"},"d":"y"}   | 0=2.0 of /a/d=x,d=y
          /      | {"t":1,"v":2,"":"x"}                  | 0=2.0 of /=x
          @key   | {"t":1,"v":2}                         | 0=2.0 of key=k1
          @key,d | {"t":1,"v":2,"d":"x"}                 | 0=2.0 of d=x,key=k1
          @key,key | {"t":1,"v":2,"key":"x"}             | 0=2.0 of @key=k1,key=x
          /@key  | {"t":1,"v":2,"@key":"x"}              | 0=2.0 of @key=x
          """)
  void fieldsAreLabels(String fields, String message, String expected) {
    assertEquals(expected, text(parse(format(fields), message)));
  }
}
