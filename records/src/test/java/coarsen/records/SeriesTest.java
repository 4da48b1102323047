package coarsen.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
  private static String json(Series series) {
    var json = new JsonBytes(16);
    series.write(json);
    return json.toString();
  }

  @Test
  void labelsAreInTheOrderOfTheirNames() {
    Series series = Series.of(Map.of("field", "temp", "device", "press-04"));

    assertEquals("device=press-04,field=temp", series.text());
    assertEquals("{\"device\":\"press-04\",\"field\":\"temp\"}", json(series));
    assertEquals(
        series, Series.of(new String[] {"device", "field"}, new String[] {"press-04", "temp"}));
  }

  @Test
  void separatorsInNamesAndValuesAreEscaped() {
    Series series = Series.of(Map.of("my device", "a,b=c\\d\ne\tf\rg"));

    assertEquals("my\\ device=a\\,b\\=c\\\\d\\ne\\tf\\rg", series.text());
  }

  @Test
  void charactersThatWouldControlATerminalAreEscaped() {
    Series series =
        Series.of(Map.of("a\u001b[31m", "b\u009b0m\u202ec\u2028\u007f\uDB40\uDC01", "é😀", "日本"));

    assertEquals(
        "a\\u001b[31m=b\\u009b0m\\u202ec\\u2028\\u007f\\udb40\\udc01,é😀=日本", series.text());
    assertEquals(series, Series.parse(series.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ",", "=", "\\", "\\n", "\n", "\"", "é", "😀", "a=b,c=d", "\\,", "null", "{",
        "\\u001b", "\u001b", "\0", "\u202e"
      })
  void everyNameAndValueIsReadBackFromItsText(String awkward) {
    Series series = Series.of(Map.of(awkward, awkward, "device" + awkward, "x"));

    assertEquals(series, Series.parse(series.text()));
    assertEquals(series.labels(), Series.parse(series.text()).labels());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "device",
        "device=a,",
        "a=b=c",
        "a=b c",
        "a=b\\",
        "a=\\x",
        "a=\\u001",
        "a=\\u00zz",
        "a=1,a=2"
      })
  void textThatIsNotOfASeriesIsRefused(String text) {
    Exception refused = assertThrows(IllegalArgumentException.class, () -> Series.parse(text));

    assertTrue(String.valueOf(refused.getMessage()).contains("'" + text + "'"));
  }

  @Test
  void noLabelsAreNoSeries() {
    assertThrows(IllegalArgumentException.class, () -> Series.of(Map.of()));
  }

  @Test
  void seriesInUseAreOneObject() {
    Series series = Series.of(Map.of("device", "in-use"));

    assertSame(series, Series.of(Map.of("device", "in-use")));
    assertNotEquals(series, Series.of(Map.of("device", "in-use-too")));
    assertNotEquals(series, Series.of(Map.of("devicf", "in-use")));
  }

  @Test
  void namesThatDifferInTheirLastCharactersHaveHashesThatDiffer() {
    Set<Integer> lowBits = new HashSet<>();
    IntStream.range(0, 1_000)
        .mapToObj(i -> Series.of(Map.of("device", "sensor-" + i)))
        .forEach(series -> lowBits.add(series.hashCode() & 0xFFF));

    // Of 4,096 slots, 1,000 random hashes take 887 on average.
    assertTrue(lowBits.size() > 850, lowBits.size() + " of 4,096");
  }
}
