package coarsen.viewer;

import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.second;
import static coarsen.viewer.Rows.window;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewModelTest {
  private final ViewModel model = new ViewModel(3);

  @Test
  void theLastReadingsInEventTimeAreKeptInWhateverOrderTheyCome() {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < 100; i++) {
      readings.add(reading(i, i, i % 4, i, 0));
    }
    List<Reading> last = List.copyOf(readings.subList(97, 100));
    Collections.shuffle(readings, new Random(1));
    readings.forEach(this::raw);
    assertEquals(last, model.picture().originals());
    assertEquals(100, model.picture().rowsRead());
  }

  @Test
  void aReadingThatComesAgainAfterARestartCountsOnce() {
    raw(reading(1, 10, 0, 7, 0));
    raw(reading(1, 10, 0, 7, 1));
    raw(reading(1, 10, 0, 7, 0));
    assertEquals(List.of(reading(1, 10, 0, 7, 1)), model.picture().originals());
    assertEquals(3, model.picture().rowsRead());
  }

  @Test
  void readingsOfTheSameMomentAreToldApartByPartitionAndOffset() {
    raw(reading(1, 10, 0, 7, 0));
    raw(reading(1, 10, 1, 7, 0));
    raw(reading(1, 10, 0, 8, 0));
    assertEquals(3, model.picture().originals().size());
  }

  @Test
  void theNewestRowOfAWindowIsThatOfTheGreatestRunAndThenRevision() {
    reduced(window(5, 3, 1, 0));
    reduced(window(5, 1, 0, 9));
    reduced(window(5, 4, 1, 1));
    reduced(window(5, 2, 0, 10));
    assertEquals(List.of(window(5, 4, 1, 1)), model.picture().reduced());
  }

  @Test
  void aWindowThatEndsBeforeTheFirstOriginalIsNotShown() {
    for (int end = 0; end <= 20; end += 5) {
      reduced(window(end, end));
    }
    for (double at : new double[] {3, 10, 12, 14}) {
      raw(reading(at, 1));
    }
    assertEquals(
        List.of(second(10), second(15), second(20)),
        model.picture().reduced().stream().map(WindowSummary::endMicros).toList());
  }

  @Test
  void beforeTheFirstOriginalAllWindowsAreShownInTimeOrder() {
    reduced(window(10, 2));
    reduced(window(5, 1));
    assertEquals(List.of(window(5, 1), window(10, 2)), model.picture().reduced());
  }

  @Test
  void theNumberOfWindowsIsBounded() {
    for (int i = 0; i < 5_000; i++) {
      reduced(window(5 * i, i));
    }
    List<WindowSummary> kept = model.picture().reduced();
    assertTrue(kept.size() < 1_100, "keeps " + kept.size());
    assertEquals(second(5 * 4_999), kept.get(kept.size() - 1).endMicros());
  }

  @Test
  void anOldRevisionOfAWindowThatWasPushedOutStaysOut() {
    for (int i = 0; i < 5_000; i++) {
      reduced(window(5 * i, i));
    }
    List<WindowSummary> kept = model.picture().reduced();
    reduced(window(5, 77, 3, 3));
    assertEquals(kept, model.picture().reduced());
  }

  @Test
  void badLinesAreCountedAndNothingElse() {
    long before = model.version();
    for (String bad : List.of("", "{", "null", "{\"ts\":1}", "\u0000", "[".repeat(5_000))) {
      byte[] bytes = bad.getBytes(UTF_8);
      model.raw(bytes, 0, bytes.length);
      model.reduced(bytes, 0, bytes.length);
    }
    assertEquals(Rows.picture(List.of(), List.of()).originals(), model.picture().originals());
    assertEquals(12, model.picture().badLines());
    assertEquals(0, model.picture().rowsRead());
    assertTrue(model.version() > before);
  }

  @Test
  void aPictureDoesNotChangeAndCannotBeChanged() {
    raw(reading(1, 1));
    Picture picture = model.picture();
    raw(reading(2, 2));
    assertEquals(List.of(reading(1, 1)), picture.originals());
    assertThrows(UnsupportedOperationException.class, () -> picture.originals().clear());
    assertThrows(UnsupportedOperationException.class, () -> picture.reduced().clear());
  }

  private void raw(Reading reading) {
    byte[] json = reading.toJson().getBytes(UTF_8);
    model.raw(json, 0, json.length);
  }

  private void reduced(WindowSummary window) {
    byte[] json = window.toJson().getBytes(UTF_8);
    model.reduced(json, 0, json.length);
  }
}
