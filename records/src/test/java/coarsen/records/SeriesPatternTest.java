package coarsen.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesPatternTest {
  private static final Series PRESS =
      Series.of(Map.of("device", "press-04", "field", "temp", "room", "hall 3, left"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device=press-04,field=temp,room=hall\\ 3\\,\\ left | true",
        "press-04            | true",
        "device=press-04     | true",
        "hall 3, left        | true",
        "room=hall 3, left   | true",
        "press-0             | false",
        "device              | false",
        "device=press-04,field=temp | false",
        "press-*             | true",
        "press-0?            | true",
        "press-0??           | false",
        "press-04*           | true",
        "device=press-*      | true",
        "*field=temp*        | true",
        "*3\\,\\ left        | true",
        "*                   | true",
        "**                  | true",
        "*press              | false",
        "press.04            | false",
        "PRESS-04            | false",
      })
  void aPatternIsOfTheTextOrOfALabelOrOfAValue(String pattern, boolean matches) {
    assertEquals(matches, SeriesPattern.parse(pattern).matches(PRESS));
  }

  @Test
  void wildcardsStandForAnyCharacters() {
    Series awkward = Series.of(Map.of("id", "a*b?c\\d\n😀[e]\\E"));

    assertTrue(SeriesPattern.parse("a*b?c\\d\n😀[e]\\E").matches(awkward));
    assertTrue(SeriesPattern.parse("a?b?c\\d??[e]\\E").matches(awkward));
    assertTrue(SeriesPattern.parse("id=a*E").matches(awkward));
  }

  @Test
  void anEmptyPatternIsRefusedAndSaysWhatWouldDo() {
    Exception refused = assertThrows(IllegalArgumentException.class, () -> SeriesPattern.parse(""));

    assertTrue(String.valueOf(refused.getMessage()).contains("such as press-04"));
  }
}
