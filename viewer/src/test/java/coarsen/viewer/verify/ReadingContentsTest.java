package coarsen.viewer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.Series;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingContentsTest {
  private static final long TS = EventTime.parse("2021-01-23T12:12:00Z");
  private static final Series A = Series.of(Map.of("device", "a"));
  private static final Series B = Series.of(Map.of("device", "b"));

  private static Reading row(long offset, int index, @Nullable Series series) {
    return new Reading(TS, 1.5, series, 0, offset, index, 0, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aRowOfAnotherSeriesDiffersAndBothAreNamed(int index) {
    var contents = new ReadingContents(true);
    contents.add(0, 7, index, TS, 1.5, A);
    contents.add(0, 300, index, TS, 1.5, B);

    assertNull(contents.difference(row(7, index, A)));
    assertNull(contents.difference(row(300, index, B)));
    assertEquals(
        "reading 0:7"
            + (index == 0 ? "" : ":3")
            + ": expected 2021-01-23T12:12:00Z 1.5 of device=a, found 2021-01-23T12:12:00Z 1.5 of"
            + " device=b",
        contents.difference(row(7, index, B)));
  }

  @Test
  void aRowWithoutASeriesDiffersFromItsMessageButNotFromAnotherRun() {
    var messages = new ReadingContents(true);
    messages.add(0, 7, 0, TS, 1.5, A);
    var rows = new ReadingContents(false);
    rows.add(0, 7, 0, TS, 1.5, A);

    assertEquals(
        "reading 0:7: expected 2021-01-23T12:12:00Z 1.5 of device=a, found 2021-01-23T12:12:00Z"
            + " 1.5 of no series",
        messages.difference(row(7, 0, null)));
    assertNull(rows.difference(row(7, 0, null)));
  }

  @Test
  void whereNoSeriesIsKnownAnyIsRight() {
    var contents = new ReadingContents(true);
    contents.add(0, 7, 5, TS, 1.5, null);
    contents.add(0, 7, 1, TS, 1.5, A);
    contents.add(0, 7, 9, TS, 1.5, null);

    assertNull(contents.difference(row(7, 5, B)));
    assertNull(contents.difference(row(7, 9, B)));
  }
}
