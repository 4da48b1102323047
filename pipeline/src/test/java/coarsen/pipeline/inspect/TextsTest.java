package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
  @Test
  void aTextIsCutAndCannotChangeTheTerminal() {
    assertEquals("short", Texts.cut("short", 5));
    assertEquals("long…", Texts.cut("longer", 5));
    assertEquals("a\\n\\u001b[1m", Texts.cut("a\n\u001b[1m", 30));
    assertEquals("\\u202eabc", Texts.cut("\u202eabc", 30));
    assertEquals("😀…", Texts.cut("😀😀😀", 4));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "1500, 1.5 ms",
    "250000, 250 ms",
    "1200000, 1.2 s",
    "119000000, 119 s",
    "150000000, 2.5 min",
    "7200000000, 2 h",
    "172800000000, 2 days",
    "86054400000000, 996 days",
  })
  void aDurationHasTheUnitThatSuitsIt(long micros, String expected) {
    assertEquals(expected, Texts.duration(micros));
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 0 %", "1, 1, 100 %", "1, 3, 33 %", "1, 1000, 0.1 %", "999, 1000, 99.9 %"})
  void aShareIsNotRoundedToNoneOrAll(double part, double whole, String expected) {
    assertEquals(expected, Texts.percent(part, whole));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          17,18.5          | numbers, such as 18.5
          17,press         | text, such as press
          {"id":1}         | JSON, such as {"id":1}
          a\u0001b         | bytes, such as 61 01 62
          """)
  void keysAreOfTheKindThatHoldsForAll(String keys, String expected) {
    assertEquals(
        expected,
        KeyKind.describe(
            List.of(keys.split(",", -1)).stream().map(key -> key.getBytes(UTF_8)).toList(), 30));
  }
}
