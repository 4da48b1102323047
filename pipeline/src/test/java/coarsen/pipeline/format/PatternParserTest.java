package coarsen.pipeline.format;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternParserTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EEE, dd MMM yyyy HH:mm:ss zzz | Sat, 23 Jan 2021 12:12:55 GMT | 2021-01-23T12:12:55Z
          EEE, dd MMM yyyy HH:mm:ss zzz | SAT, 23 JAN 2021 12:12:55 gmt | 2021-01-23T12:12:55Z
          EEE, dd MMM yyyy HH:mm:ss zzz | Fri, 23 Jul 2021 12:12:55 GMT | 2021-07-23T12:12:55Z
          EEE, dd MMM yyyy HH:mm:ss zzz | Fri, 23 Jul 2021 12:12:55 PDT | 2021-07-23T19:12:55Z
          dd.MM.yyyy HH:mm:ss zzz       | 31.10.2021 02:30:00 CEST      | 2021-10-31T00:30:00Z
          dd.MM.yyyy HH:mm:ss zzz       | 31.10.2021 02:30:00 CET       | 2021-10-31T01:30:00Z
          dd.MM.yyyy HH:mm:ss           | 23.01.2021 12:12:55           | 2021-01-23T11:12:55Z
          dd.MM.yyyy HH:mm:ss           | 31.10.2021 02:30:00           | 2021-10-31T00:30:00Z
          dd.MM.uuuu                    | 23.01.2021                    | 2021-01-22T23:00:00Z
          yyyyMMddHHmmssSSS             | 20210123121255123             | 2021-01-23T11:12:55.123Z
          MM/dd/yyyy hh:mm:ss a         | 01/23/2021 01:12:55 pm        | 2021-01-23T12:12:55Z
          yyyy-MM-dd HH:mm:ss.nnnnnnnnn xx | 2021-01-23 12:12:55.000001999 -0130 | 2021-01-23T13:42:55.000001Z
          yyyy-MM-dd HH:mm:ss VV        | 2021-07-23 12:12:55 Asia/Tokyo | 2021-07-23T03:12:55Z
          yyyy-MM-dd'T'HH:mm:ssXXX'['VV']' | 2021-10-31T02:30:00+01:00[Europe/Berlin] | 2021-10-31T01:30:00Z
          """)
  void readsByThePattern(String pattern, String text, String utc) {
    assertDoesNotThrow(() -> PatternParser.check(pattern));
    var parser = new PatternParser(pattern, BERLIN);
    long micros = parser.parse(text);
    assertEquals(EventTime.parse(utc), micros, parser::fault);
    assertEquals(text.equals("31.10.2021 02:30:00"), parser.isRepeated());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dd.MM.yyyy HH:mm:ss           | 29.02.2021 12:12:55
          dd.MM.yyyy HH:mm:ss           | 23.01.2021 24:00:00
          dd.MM.yyyy HH:mm:ss           | 23.01.2021 12:12:60
          dd.MM.yyyy HH:mm:ss           | 23.01.2021 12:12:55 and more
          dd.MM.yyyy HH:mm:ss           | 2021-01-23T12:12:55Z
          dd.MM.yyyy HH:mm:ss           | ''
          EEE, dd MMM yyyy HH:mm:ss zzz | Sun, 23 Jan 2021 12:12:55 GMT
          EEE, dd MMM yyyy HH:mm:ss zzz | Sam, 23 Jan 2021 12:12:55 GMT
          dd.MM.yyyy HH:mm:ss zzz       | 23.07.2021 12:12:55 CET
          dd.MM.yyyy[ hh:mm]            | 23.01.2021 01:12
          """)
  void refusesWhatDoesNotFit(String pattern, String text) {
    var parser = new PatternParser(pattern, BERLIN);
    assertEquals(TimestampParser.NONE, parser.parse(text));
    assertEquals("expected --timestampFormat=" + pattern, parser.fault());
  }

  @Test
  void aLocalTimeThatTheZoneSkipsIsRefused() {
    var parser = new PatternParser("dd.MM.yyyy HH:mm", BERLIN);
    assertEquals(TimestampParser.NONE, parser.parse("28.03.2021 02:30"));
    assertTrue(parser.fault().startsWith("a local time that its zone skips"), parser::fault);
    assertFalse(parser.isRepeated());
  }

  @Test
  void aYearOfMoreThanFourDigitsIsOutOfRange() {
    var parser = new PatternParser("uuuu-MM-dd", BERLIN);
    assertTrue(parser.parse("+999999999-01-01") > EventTime.MAX_MICROS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dd.MM",
        "HH:mm:ss",
        "dd.mm.yyyy",
        "dd.MM.YYYY",
        "dd.MM.yyyy hh:mm",
        "yyyy-MM-ddTHH:mm",
        "dd.MM.yyyy 'HH",
        "[",
        "ISO"
      })
  void whatIsNotAPatternOfADateIsSaid(String pattern) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PatternParser.check(pattern))
            .getMessage();
    assertTrue(message.startsWith("--timestampFormat=" + pattern + ": "), message);
    assertEquals(1, message.lines().count(), message);
  }
}
