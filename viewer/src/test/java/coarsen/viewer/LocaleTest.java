package coarsen.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print is the same on all machines. */
class LocaleTest {
  @TempDir Path folder;

  private static String print(Callable<Integer> command, String... arguments) {
    var out = new StringWriter();
    assertEquals(
        ExitCode.OK, Commands.commandLine(command).setOut(new PrintWriter(out)).execute(arguments));
    return out.toString();
  }

  private static String inLocale(String tag, Callable<String> print) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      return print.call();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void tablesAndStatisticsAreTheSameInAllLocales() throws Exception {
    Files.writeString(
        folder.resolve("a.jsonl"),
        Rows.line(Rows.window(5, 1234.5)) + Rows.line(Rows.window(10, 2)));
    Callable<String> show = () -> print(new ShowCommand(), "--reduced=files:" + folder, "--stats");
    String expected = inLocale("", show);
    assertTrue(expected.contains("1234.5"), expected);
    for (String tag : new String[] {"de-DE", "ar-EG-u-nu-arab"}) {
      assertEquals(expected, inLocale(tag, show));
    }
  }
}
