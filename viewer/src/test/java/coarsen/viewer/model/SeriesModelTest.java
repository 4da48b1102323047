package coarsen.viewer.model;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.second;
import static coarsen.viewer.Rows.values;
import static coarsen.viewer.Rows.window;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Reading;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Outputs with many series, fed as tails do. */
class SeriesModelTest {
  private static final VisibleSpan MINUTE = new VisibleSpan.LastTime(Duration.ofMinutes(1));

  private Instant now = Instant.parse("2021-01-23T12:20:00Z");
  private final ViewModel model = new ViewModel(() -> now, false);

  @Test
  void upToEightSeriesAreAllShownInColoursByName() {
    for (String name : List.of("c", "a", "b")) {
      raw(reading(device(name), 1, 5));
    }
    assertEquals(Map.of("device=a", 1, "device=b", 2, "device=c", 3), colours(Selection.DEFAULT));
    assertEquals(
        List.of(1, 1, 1), picture().series().stream().map(s -> s.originals().size()).toList());
    assertTrue(status().contains("3 of 3 series"), status().toString());
  }

  @Test
  void ofMoreThanEightThoseOfTheGreatestSpreadAreShown() {
    for (int i = 0; i < 20; i++) {
      reduced(spread("s" + (10 + i), 5, i % 10));
    }
    // Spreads 9, 8, 7 and 6, each twice.
    assertEquals(
        Stream.of(16, 17, 18, 19, 26, 27, 28, 29).map(i -> "device=s" + i).toList(),
        List.copyOf(colours(Selection.DEFAULT).keySet()));
    assertTrue(
        status().contains("8 of 20 series; --series=PATTERN or the list to choose"),
        status().toString());
    assertEquals(
        List.of("device=s19", "device=s29"),
        List.copyOf(colours(new Selection.Matching(List.of(), 2)).keySet()));
    assertEquals(
        List.of("device=s10", "device=s11", "device=s12"),
        List.copyOf(
            colours(new Selection.Matching(List.of("s11", "device=s1[", "*s12", "?10"), 8))
                .keySet()));
  }

  @Test
  void aSeriesIsReplacedOnlyByOneOfAClearlyGreaterSpreadAndAfterSomeSeconds() {
    var two = new Selection.Matching(List.of(), 2);
    for (String name : List.of("a", "b", "c")) {
      reduced(spread(name, 5, name.equals("c") ? 10 : 20));
    }
    Map<String, Integer> before = colours(two);
    assertEquals(Map.of("device=a", 1, "device=b", 2), before);
    reduced(spread("c", 10, 24));
    pass(6);
    assertEquals(before, colours(two), "24 is not clearly more than 20");
    reduced(spread("c", 15, 30));
    reduced(spread("b", 15, 21));
    pass(1);
    assertEquals(before, colours(two), "not yet");
    pass(5);
    assertEquals(Map.of("device=b", 2, "device=c", 1), colours(two), "b keeps its colour");
    pass(60);
    assertEquals(Map.of("device=b", 2, "device=c", 1), colours(two));
  }

  @Test
  void theSpreadIsThatOfTheLastTwelveToTwentyFourWindows() {
    reduced(spread("a", 5, 99));
    reduced(spread("a", 60, 3));
    assertEquals(99, model.search("", 9).first().get(0).spread());
    reduced(spread("a", 65, 4));
    assertEquals(99, model.search("", 9).first().get(0).spread(), "12 windows later");
    reduced(spread("a", 125, 5));
    assertEquals(5, model.search("", 9).first().get(0).spread(), "24 windows later");
    reduced(spread("b", 500, 1));
    assertEquals(0, model.search("", 9).first().get(0).spread(), "silent meanwhile");
  }

  @Test
  void seriesCanBePickedAndAddedInTheFirstFreeColour() {
    for (int i = 0; i < 9; i++) {
      raw(reading(device("s" + i), i, i));
    }
    Selection.Picked picked = new Selection.Picked(Map.of("device=s3", 1, "device=s5", 2));
    assertEquals(picked.colours(), colours(picked));
    Selection.Picked other = picked.without("device=s3").with("device=s8");
    assertEquals(Map.of("device=s5", 2, "device=s8", 1), colours(other));
    Selection.Picked eight = model.choose(Selection.DEFAULT).picked();
    assertEquals(8, eight.colours().size());
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> eight.with("device=s99"));
    assertEquals("at most 8 series are shown; take one out first", refused.getMessage());
    assertEquals(eight, eight.with(eight.colours().keySet().iterator().next()));
  }

  @Test
  void theNewestRowOfAWindowAndSeriesIsDrawn() {
    Series a = device("a");
    reduced(window(a, 5, 3, 1, 0));
    reduced(window(device("b"), 5, 9, 7, 7));
    reduced(window(a, 5, 1, 0, 9));
    reduced(window(a, 5, 4, 1, 3));
    reduced(window(a, 5, 2, 1, 2));
    assertEquals(4, picture().series().get(0).means().get(0).mean().avg());
    assertEquals(1, picture().series().get(0).means().size());
    assertEquals(4, picture().series().get(0).lastMean());
  }

  @Test
  void aSilentSeriesHasAGapAndTheTimeGoesOn() {
    for (int end = 5; end <= 40; end += 5) {
      reduced(window(device("talks"), end, 1));
      if (end <= 10 || end == 30) {
        reduced(window(device("pauses"), end, 1));
      }
    }
    SeriesPicture pauses = picture().series().get(0);
    assertEquals("device=pauses", pauses.name());
    assertEquals(
        List.of(false, false, true), pauses.means().stream().map(MeanPoint::isGapBefore).toList());
    assertEquals(second(40), picture().range().to());
  }

  @Test
  void aNumberOfReadingsIsThatOfTheSeriesThatSendsMost() {
    for (int i = 0; i < 100; i++) {
      raw(reading(device("often"), i, 1));
    }
    raw(reading(device("once"), 0.5, 1));
    Picture picture = model.picture(new VisibleSpan.LastReadings(10));
    assertEquals(new Range(second(90), second(99)), picture.range());
    assertEquals(List.of("device=often", "device=once"), names(picture));
  }

  @Test
  void allReadingsAreDrawnAloneInBlueAndRedAndBesideSeriesInAColour() {
    raw(reading(device("a"), 1, 5));
    raw(reading(device("b"), 2, 6));
    reduced(window(5, 5.5));
    Selection.Picked all = Selection.Picked.allReadings();
    SeriesHistory missing = missing(all);
    assertEquals(List.of(""), names(model.picture(MINUTE, all)));
    missing.raw(bytes(reading(device("a"), 1, 5)), 0, bytes(reading(device("a"), 1, 5)).length);
    missing.done();
    raw(reading(device("b"), 3, 6));
    SeriesPicture alone = model.picture(MINUTE, all).series().get(0);
    assertEquals(SeriesChoice.ALONE, alone.colour());
    assertEquals(2, alone.originals().size(), "one from before, one from after");
    assertEquals(1, alone.means().size());
    Picture both = model.picture(MINUTE, all.with("device=a"));
    assertEquals(List.of(1, 2), both.series().stream().map(SeriesPicture::colour).toList());
    assertEquals("all readings", both.series().get(0).label());
    assertTrue(status(all).contains("all readings of 2 series"), status(all).toString());
  }

  @Test
  void ofManySeriesTheRowsOfAFewAreKeptAndThoseOfOthersReadAgainWhenTheyArePicked() {
    List<Reading> readings = new ArrayList<>();
    for (int second = 0; second < 50; second++) {
      for (int i = 0; i < 100; i++) {
        readings.add(reading(device("s" + (100 + i)), second + i / 100.0, i));
      }
    }
    readings.forEach(this::raw);
    assertEquals(5_000, model.status().rows());
    assertTrue(model.missingHistory().isEmpty() && colours(Selection.DEFAULT).size() == 8);
    var picked = new Selection.Picked(Map.of("device=s150", 1, "device=s101", 2));
    SeriesHistory missing = missing(picked);
    readings.forEach(each -> missing.raw(bytes(each), 0, bytes(each).length));
    missing.raw(new byte[] {'{'}, 0, 1);
    assertFalse(model.missingHistory().isEmpty());
    long version = model.version();
    missing.done();
    assertTrue(model.missingHistory().isEmpty());
    assertTrue(model.version() > version);
    Picture picture = model.picture(MINUTE, picked);
    assertEquals(
        List.of(50, 50), picture.series().stream().map(s -> s.originals().size()).toList());
    assertEquals(5_000, model.status().rows(), "rows that are read again are not counted again");
  }

  @Test
  void whoPicksOneSeriesAfterTheOtherMakesTheModelDropTheFirstOnes() {
    for (int i = 100; i < 200; i++) {
      raw(reading(device("s" + i), 1, i));
    }
    for (int i = 100; i < 200; i++) {
      String name = "device=s" + i;
      SeriesPicture shown =
          model.picture(MINUTE, new Selection.Picked(Map.of(name, 1))).series().get(0);
      assertEquals(i < 112 ? 1 : 0, shown.originals().size(), name);
    }
    int kept = 0;
    raw(reading(device("s100"), 2, 1));
    raw(reading(device("s199"), 2, 1));
    kept += model.picture(MINUTE, new Selection.Picked(Map.of("device=s199", 1))).originals();
    kept += model.picture(MINUTE, new Selection.Picked(Map.of("device=s100", 1))).originals();
    assertEquals(1, kept);
  }

  @Test
  void aPausedPictureTakesInTheSeriesThatArePickedMeanwhile() {
    for (int i = 100; i < 120; i++) {
      raw(reading(device("s" + i), i - 100, i));
    }
    var session = new ViewSession(model, MINUTE);
    session.pause();
    Picture held = session.picture();
    for (int i = 0; i < 20; i++) {
      reduced(spread("s" + (100 + i), 50, i));
    }
    pass(60);
    assertEquals(held.choice(), session.picture().choice(), "series stay, too");
    session.select(new Selection.Picked(Map.of("device=s119", 1)));
    assertEquals(List.of("device=s119"), names(session.picture()));
    assertEquals(0, session.picture().originals());
    assertEquals(held.range(), session.picture().range());
    SeriesHistory missing = model.missingHistory().orElseThrow();
    Reading row = reading(device("s119"), 19, 119);
    missing.raw(bytes(row), 0, bytes(row).length);
    missing.done();
    assertEquals(1, session.picture().originals());
    assertTrue(session.picture().paused());
  }

  @Test
  void seriesAreSearchedByPartsOfTheirNames() {
    for (String name : List.of("press-04", "Press-11", "lathe-04", "mill")) {
      raw(reading(device(name), 1, 1));
    }
    assertEquals(List.of("device=Press-11", "device=press-04"), found("PRESS", 9));
    assertEquals(List.of("device=lathe-04", "device=press-04"), found("e*-0?", 9));
    assertEquals(List.of("device=Press-11", "device=lathe-04"), found("", 2));
    assertEquals(4, model.search("", 2).matching());
    assertEquals(List.of(), found("no such", 9));
  }

  @Test
  void theNumberOfKnownSeriesIsBoundedButNotOfThoseThatAreAskedFor() {
    var asked = new ViewModel(() -> now, false, new Selection.Matching(List.of("*z"), 8));
    String tail = "x".repeat(900);
    int count = 45_000; // Names of more than 32 MB.
    for (int i = 0; i < count; i++) {
      asked.add("device=" + i + tail, reading(1, 1));
    }
    asked.add("device=z", reading(1, 1));
    SeriesList all = asked.search("", 1);
    assertFalse(all.isComplete());
    assertTrue(all.known() > 35_000 && all.known() < 38_000, "known: " + all.known());
    assertEquals(1, asked.search("device=z", 9).matching());
    var texts = StatusText.of(asked.picture(MINUTE), ZoneId.of("UTC"));
    assertTrue(texts.toString().contains(" of more than 3"), texts.toString());
  }

  @Test
  void awkwardNamesAreTheSameSeriesHoweverTheirRowsAreWritten() {
    Series series =
        Series.of(new TreeMap<>(Map.of("b c", "x,y=z w", "a", "ü\\\"\n", "d", "", "é", "1")));
    raw(reading(series, 1, 1));
    for (int i = 0; i < 20; i++) {
      raw(reading(device("s" + i), 1, 1));
    }
    raw(reading(series, 2, 2));
    feed(
        model.raw(),
        "{\"value\":3, \"series\":{ \"d\":\"\",\"é\":\"1\",\"a\":\"\\u00fc\\\\\\\"\\n\","
            + "\"b c\":\"x,y=z\\u0020w\"},\"ts\":\"2021-01-23T12:12:03Z\",\"partition\":0,"
            + "\"offset\":9,\"run\":0}");
    var picked = new Selection.Picked(Map.of(series.text(), 1));
    assertEquals(3, model.picture(MINUTE, picked).originals());
    assertEquals(21, model.search("", 1).known());
    assertEquals(0, model.status().badLines());
  }

  @Test
  void badRowsOfSeriesAreBadLines() {
    for (int i = 0; i < 20; i++) {
      raw(reading(device("s" + i), 1, 1));
      reduced(window(device("s" + i), 5, 1));
    }
    for (String bad :
        List.of(
            "{\"ts\":\"2021-01-23T12:12:03Z\",\"series\":{\"device\":\"s19\"},\"value\":",
            "{\"ts\":\"2021-01-23T12:62:03Z\",\"series\":{\"device\":\"s19\"},\"value\":1}",
            "{\"ts\":\"2021-01-23T12:12:03Z\",\"series\":{\"device\":",
            "{\"ts\":\"2021-01-23T12:12:03Z\",\"series\":{}}")) {
      feed(model.raw(), bad);
    }
    for (String bad :
        List.of(
            window(device("s19"), 5, 1).toJson().replace("\"avg_value\":1", "\"avg_value\":x"),
            window(device("s19"), 5, 1).toJson().replace("12:12:05Z", "12:11:05Z"))) {
      feed(model.reduced(), bad);
    }
    assertEquals(6, model.status().badLines());
  }

  private Map<String, Integer> colours(Selection selection) {
    return model.picture(MINUTE, selection).choice().colours();
  }

  private SeriesHistory missing(Selection selection) {
    var unused = model.picture(MINUTE, selection);
    return model.missingHistory().orElseThrow();
  }

  private Picture picture() {
    return model.picture(MINUTE);
  }

  private static List<String> names(Picture picture) {
    return picture.series().stream().map(SeriesPicture::name).toList();
  }

  private List<String> found(String text, int limit) {
    return model.search(text, limit).first().stream().map(SeriesList.Entry::name).toList();
  }

  private List<String> status() {
    return status(Selection.DEFAULT);
  }

  private List<String> status(Selection selection) {
    return StatusText.of(model.picture(MINUTE, selection), ZoneId.of("UTC")).stream()
        .map(StatusText::text)
        .toList();
  }

  /** A row whose greatest reading is so much more than the least. */
  private static WindowSummary spread(String name, double end, double spread) {
    WindowSummary row = window(device(name), end, 50);
    return new WindowSummary(
        row.window(),
        device(name),
        row.count(),
        values(50, 50, 50 + spread, 1),
        row.pane(),
        row.version());
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void raw(Reading reading) {
    feed(model.raw(), reading.toJson());
  }

  private void reduced(WindowSummary row) {
    feed(model.reduced(), row.toJson());
  }

  private static byte[] bytes(Reading reading) {
    return reading.toJson().getBytes(UTF_8);
  }
}
