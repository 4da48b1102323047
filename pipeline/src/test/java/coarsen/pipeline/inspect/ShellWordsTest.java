package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.TerminalText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --topic=readings                | --topic=readings
          --timestampField=/payload/ts    | --timestampField=/payload/ts
          --timestampField=@kafka         | --timestampField=@kafka
          --timestampFormat=EEE, dd MMM   | --timestampFormat='EEE, dd MMM'
          --valueField=a'b                | --valueField='a'\\''b'
          --valueField=$HOME              | --valueField='$HOME'
          --valueField=a\\,b              | --valueField='a\\,b'
          --numbersInStrings              | --numbersInStrings
          --valueField=*                  | --valueField='*'
          """)
  void onlyWhatAShellWouldChangeIsQuoted(String option, String expected) {
    assertEquals(expected, ShellWords.quote(option));
  }

  @Test
  void aShellTakesThemForTheText() throws Exception {
    for (String name :
        List.of(
            "it's \"so\"",
            "a\nb",
            "\t$(x) `y` \\ !",
            "é €",
            "\u0001~#",
            "-",
            "a\\'b\n",
            "\u009b1mé\u202e\uDB40\uDC01a")) {
      String option = "--valueField=" + name;
      assertTrue(ShellWords.quote(option).codePoints().allMatch(TerminalText::isPrintable));
      Process shell =
          new ProcessBuilder("bash", "-c", "printf %s " + ShellWords.quote(option)).start();
      assertEquals(option, new String(shell.getInputStream().readAllBytes(), UTF_8));
    }
  }
}
