package coarsen.pipeline.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that hold more than one reading: several values in an object, arrays of objects. */
class SeveralReadingsTest {
  private static JsonFormat format(String timestampField, String valueField) {
    return new JsonFormat(timestampField, valueField, ZoneId.of("UTC"), TimeUnit.MILLISECONDS);
  }

  /** The readings, as index@milliseconds=value, and what is not one, as index!REASON. */
  private static String parse(JsonFormat format, String message) {
    return text(format.parser().parse(TestMessage.of(message, 9_000)));
  }

  private static String text(ParsedMessage parsed) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < parsed.size(); i++) {
      parts.add(
          parsed.reason(i) == null
              ? parsed.index(i) + "@" + parsed.tsMicros(i) / 1_000 + "=" + parsed.value(i)
              : parsed.index(i) + "!" + parsed.reason(i) + " " + parsed.detail(i));
    }
    return String.join(" ", parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"t":1,"a":2,"b":3}           | 0@1=2.0 1@1=3.0
          {"b":3,"x":[4],"a":2,"t":1}   | 0@1=2.0 1@1=3.0
          {"t":1,"a":2}                 | 0@1=2.0 1!MISSING_FIELD no b
          {"t":1,"a":null,"b":3}        | 0!MISSING_FIELD a is null 1@1=3.0
          {"t":1,"a":"2","b":3,"b":4}   | 0!NOT_A_NUMBER value is a number in a string at $.a; --numbersInStrings reads it 1!DUPLICATE_FIELD b appears twice
          {"a":2,"b":3}                 | 0!MISSING_FIELD no t
          {"t":true,"a":2,"b":"x"}      | 0!BAD_TIMESTAMP a boolean at $.t; expected a number in --timestampUnit, or text
          {"t":1,"a":2,"b":3,"t":1}     | 0!DUPLICATE_FIELD t appears twice
          {"t":1,"a":2,"b":3            | 0!NOT_JSON not one JSON document in UTF-8
          {"t":1,"a":2,"b":3} {}        | 0!NOT_JSON more than one JSON document; a message is expected to be one object or one array of objects
          """)
  void eachValueOfAnObjectIsAReadingAndAsGoodAsItself(String message, String expected) {
    assertEquals(expected, parse(format("t", "a,b"), message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"t":1,"a":2},{"t":3,"a":4}]     | 0@1=2.0 1@3=4.0
          [{"t":1,"a":2},7,{"t":3}]         | 0@1=2.0 1!NOT_AN_OBJECT element 1 is a number 2!MISSING_FIELD element 2: no a
          [[{"t":1,"a":2}],{"t":1,"a":2}]   | 0!NOT_AN_OBJECT element 0 is an array 1@1=2.0
          [{"t":1,"a":2},{"t":3,"a":4}      | 0!NOT_JSON not one JSON document in UTF-8
          [{"t":1,"a":2}][]                 | 0!NOT_JSON more than one JSON document; a message is expected to be one object or one array of objects
          [null,[]]                         | 0!NOT_AN_OBJECT the message is an array without objects
          """)
  void eachObjectOfAnArrayIsAReading(String message, String expected) {
    assertEquals(expected, parse(format("t", "a"), message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /p/r | {"d":"x","p":{"r":[{"t":1,"a":2},{"t":3,"a":4}]}} | 0@1=2.0 1@3=4.0
          r    | {"t":9,"a":9,"r":[{"t":1,"a":2},{"t":3}]}         | 0@1=2.0 1!MISSING_FIELD element 1: no a
          /p   | {"schema":{},"p":{"t":1,"a":2}}                   | 0@1=2.0
          r    | {"r":[]}                                          | 0!NOT_AN_OBJECT r is an array without objects
          r    | {"r":7}                                           | 0!NOT_AN_OBJECT r is a number
          r    | {"r":null}                                        | 0!NOT_AN_OBJECT r is null
          /p/r | {"p":{"q":1}}                                     | 0!MISSING_FIELD no /p/r
          r    | {"r":[{"t":1,"a":2}],"r":[]}                      | 0!DUPLICATE_FIELD r appears twice
          r    | [{"r":[{"t":1,"a":2}]}]                           | 0!NOT_AN_OBJECT the message is an array; --readingsField expects an object
          r    | {"r":[{"t":1,"a":2}]} 1                           | 0!NOT_JSON more than one JSON document; a message is expected to be one object or one array of objects
          r    | {"r":[{"t":1,"a":2}]                              | 0!NOT_JSON not one JSON document in UTF-8
          """)
  void readingsAreInAFieldOfTheMessage(String readingsField, String message, String expected) {
    var format =
        new JsonFormat(
            readingsField, "t", "a", ZoneId.of("UTC"), TimeUnit.MILLISECONDS, null, false, null);
    assertEquals(expected, parse(format, message));
  }

  @Test
  void anIndexCountsTheValuesOfAllObjectsBefore() {
    assertEquals(
        "0@1=2.0 1@1=3.0 2!NOT_AN_OBJECT element 1 is a string 4@5=6.0 5!MISSING_FIELD element 2: no b",
        parse(format("t", "a,b"), "[{\"t\":1,\"a\":2,\"b\":3},\"x\",{\"t\":5,\"a\":6}]"));
  }

  @Test
  void pointersAreFollowedInEachObjectAndKafkaTimeIsThatOfAll() {
    assertEquals(
        "0@9000=1.0 1@9000=2.0 2@9000=3.0 3!MISSING_FIELD element 1: no /p/b",
        parse(format("@kafka", "/p/a,/p/b"), "[{\"p\":{\"a\":1,\"b\":2}},{\"p\":{\"a\":3}}]"));
    assertEquals(
        "0!DUPLICATE_FIELD p appears twice",
        parse(format("/p/t", "/p/a,/p/b"), "{\"p\":{\"t\":1,\"a\":1,\"b\":2},\"p\":{}}"));
  }

  @Test
  void aMessageWithMoreReadingsThanAreReadIsTooLarge() {
    JsonFormat format = format("t", "a,b");
    String objects = "{\"t\":1,\"a\":2,\"b\":3},".repeat(ParsedMessage.MAX_READINGS / 2);
    MessageParser parser = format.parser();
    ParsedMessage most =
        parser.parse(TestMessage.of("[" + objects.substring(0, objects.length() - 1) + "]", 1));
    assertEquals(ParsedMessage.MAX_READINGS, most.size());
    assertEquals(ParsedMessage.MAX_READINGS - 1, most.index(most.size() - 1));
    String small = "{\"t\":1},".repeat(ParsedMessage.MAX_READINGS / 2);
    assertEquals(
        ParsedMessage.MAX_READINGS,
        parser.parse(TestMessage.of("[" + small.substring(0, small.length() - 1) + "]", 1)).size());
    assertEquals(
        "0!TOO_LARGE an array of 32769 elements; at most 65536 readings of a message are read",
        text(parser.parse(TestMessage.of("[" + small + "{}]", 1))));
  }

  @Test
  void aCommaInANameHasABackslash() {
    assertEquals("0@1=2.0 1@1=3.0", parse(format("t", "a\\,b,c"), "{\"t\":1,\"a,b\":2,\"c\":3}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          t | a,a      | both 'a'
          t | a,t      | both 't'
          t | /a,/a/b  | one inside the other
          """)
  void fieldsThatAreNotApartAreRefused(String timestampField, String valueField, String problem) {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> format(timestampField, valueField).parser());
    assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused::getMessage);
  }
}
