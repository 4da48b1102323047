package coarsen.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFileNameTest {
  @Test
  void aNameSaysKindRunWriterAndNumberAndReadsBack() {
    var name = RowFileName.of("raw", 3, "0f3a99bc", 12);
    assertEquals("raw-3-0f3a99bc-000012.jsonl", name.visible());
    assertEquals(".raw-3-0f3a99bc-000012.jsonl", name.hidden());
    assertEquals(Optional.of(name), RowFileName.parse(name.visible()));
    assertEquals(Optional.of(name), RowFileName.parse(name.hidden()));
  }

  @Test
  void aMillionFilesAreNamed() {
    var name = RowFileName.of("rejected", 0, "a", 12_345_678);
    assertEquals("rejected-0-a-12345678.jsonl", name.visible());
    assertEquals(Optional.of(name), RowFileName.parse(name.visible()));
  }

  @Test
  void digitsAreAsciiWhateverTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertEquals("raw-1-a-000002.jsonl", RowFileName.of("raw", 1, "a", 2).visible());
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.jsonl",
        "raw-0-a-000001.json",
        "raw-0-a-1.jsonl",
        "raw-x-a-000001.jsonl",
        "raw-0-000001.jsonl",
        "folder/raw-0-a-000001.jsonl",
        "..raw-0-a-000001.jsonl",
        "raw-99999999999-a-000001.jsonl"
      })
  void otherNamesAreNotParsed(String name) {
    assertEquals(Optional.empty(), RowFileName.parse(name));
  }

  @Test
  void anyJsonLinesFileIsVisibleThatIsNotHidden() {
    assertTrue(RowFileName.isVisible("raw-0-a-000001.jsonl"));
    assertTrue(RowFileName.isVisible("a.jsonl"));
    assertFalse(RowFileName.isVisible(".raw-0-a-000001.jsonl"));
    assertFalse(RowFileName.isVisible("a.jsonl.tmp"));
    assertFalse(RowFileName.isVisible("notes.txt"));
  }

  @Test
  void partsThatCouldNotBeParsedAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> RowFileName.of("raw-x", 0, "a", 0));
    assertThrows(IllegalArgumentException.class, () -> RowFileName.of("raw", 0, "a-b", 0));
    assertThrows(IllegalArgumentException.class, () -> RowFileName.of("raw", -1, "a", 0));
    assertThrows(IllegalArgumentException.class, () -> RowFileName.of("raw", 0, "a", -1));
  }
}
