package coarsen.viewer.model;

import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.second;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Pane;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import coarsen.viewer.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewModelTest {
  private static final VisibleSpan ALL = new VisibleSpan.LastReadings(1_000);

  private Instant now = Instant.parse("2021-01-23T12:12:00Z");
  private final ViewModel model = new ViewModel(() -> now, false);

  @Test
  void theLatestReadingsByEventTimeAreShownWhateverOrderTheyArriveIn() {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < 100; i++) {
      readings.add(reading(i, i, i % 4, i, 0));
    }
    Collections.shuffle(readings, new Random(1));
    readings.forEach(this::raw);
    assertEquals(List.of("97s 97", "98s 98", "99s 99"), line(new VisibleSpan.LastReadings(3)));
    assertEquals(100, model.status().rows());
  }

  @Test
  void aSpanShowsTheReadingsAndWindowsWithinIt() {
    for (int i = 0; i < 100; i++) {
      raw(reading(i, i));
      reduced(window(i, i));
    }
    Picture picture = model.picture(new VisibleSpan.LastTime(Duration.ofSeconds(10)));
    assertEquals(new Range(second(89), second(99)), picture.range());
    assertEquals(
        second(88), originals(picture).micros(0), "a neighbour, so that the line reaches the edge");
    assertEquals(second(99), originals(picture).micros(11));
    assertEquals(12, means(picture).size());
  }

  @Test
  void aReadingThatIsRepeatedAfterARestartIsDrawnOnce() {
    raw(reading(1, 10, 0, 7, 0));
    raw(reading(1, 10, 0, 7, 1));
    raw(reading(1, 10, 0, 7, 0));
    assertEquals(1, model.picture(ALL).originals());
    assertEquals(3, model.status().rows());
  }

  @Test
  void readingsOfTheSameMomentAreDistinguishedByPartitionOffsetAndIndex() {
    raw(reading(1, 10, 0, 7, 0));
    raw(reading(1, 10, 1, 7, 0));
    raw(reading(1, 10, 0, 8, 0));
    raw(new Reading(second(1), 10, 0, 8, 1, 0, false));
    assertEquals(4, model.picture(ALL).originals());
  }

  @Test
  void theNewestRowOfAWindowHasTheHighestRunAndThenTheHighestRevision() {
    reduced(window(5, 3, 1, 0));
    reduced(window(5, 1, 0, 9));
    reduced(window(5, 4, 1, 1));
    reduced(window(5, 2, 0, 10));
    assertEquals(List.of("5s 4"), means());
  }

  @Test
  void ofTheWindowsBeforeTheFirstReadingOnlyTheLastIsShown() {
    for (int end = 0; end <= 20; end += 5) {
      reduced(window(end, end));
    }
    for (double at : new double[] {13, 17, 18, 19}) {
      raw(reading(at, 1));
    }
    assertEquals(List.of("10s 10", "15s 15", "20s 20"), means());
    assertEquals(500, model.picture(ALL).readingsPerRow());
  }

  @Test
  void withoutReadingsAllWindowsAreShownInTimeOrder() {
    reduced(window(10, 2));
    reduced(window(5, 1));
    assertEquals(List.of("5s 1", "10s 2"), means());
  }

  @Test
  void anOpenWindowIsDrawnAtTheNewestEventTime() {
    raw(reading(1, 1));
    raw(reading(7, 1));
    reduced(early(10, 3));
    assertEquals(List.of("7s 3"), means());
    assertTrue(means(model.picture(ALL)).get(0).mean().isOpen());
    reduced(window(10, 4, 0, 1));
    assertEquals(List.of("10s 4"), means());
    assertFalse(means(model.picture(ALL)).get(0).mean().isOpen());
  }

  @Test
  void aMissingWindowBreaksTheLine() {
    for (int end : new int[] {5, 10, 20, 25}) {
      reduced(window(end, end));
    }
    assertEquals(
        List.of(false, false, true, false),
        means(model.picture(ALL)).stream().map(MeanPoint::isGapBefore).toList());
  }

  @Test
  void manyWindowsAreCondensedToTheExtremesOfEachColumnWithItsBand() {
    for (int i = 0; i < 15_000; i++) {
      reduced(window(5 * i, i == 7_777 ? 1_000 : i % 7));
    }
    List<MeanPoint> shown = means(model.picture(ALL));
    assertTrue(shown.size() <= Line.MAX_POINTS, "points: " + shown.size());
    assertTrue(shown.stream().anyMatch(point -> point.mean().avg() == 1_000));
    assertTrue(shown.stream().allMatch(point -> point.low() <= 2 && point.high() >= 3));
  }

  @Test
  void theNumberOfWindowsIsBoundedAndAnOldOneIsNotAddedAgain() {
    for (int i = 0; i < 25_000; i++) {
      model.add("", Mean.of(window(5 * i, i)));
    }
    reduced(window(5, 77, 3, 3));
    List<MeanPoint> kept = means(model.picture(ALL));
    assertEquals(second(5 * 24_999), kept.get(kept.size() - 1).atMicros());
    assertEquals(second(5 * 5_000), kept.get(0).atMicros());
  }

  @Test
  void badLinesAreOnlyCounted() {
    long before = model.version();
    for (String bad : List.of("", "{", "null", "{\"ts\":1}", "\u0000", "[".repeat(5_000))) {
      feed(model.raw(), bad);
      feed(model.reduced(), bad);
    }
    assertTrue(model.picture(ALL).isEmpty());
    assertEquals(12, model.status().badLines());
    assertEquals(0, model.status().rows());
    assertTrue(model.version() > before);
  }

  @Test
  void aPictureIsImmutable() {
    raw(reading(1, 1));
    Picture picture = model.picture(ALL);
    raw(reading(2, 2));
    assertEquals(1, originals(picture).size());
    assertThrows(UnsupportedOperationException.class, () -> picture.series().clear());
    assertThrows(UnsupportedOperationException.class, () -> means(picture).clear());
  }

  @Test
  void seriesAreKeptApart() {
    model.add("b", reading(1, 1));
    model.add("a", reading(2, 2));
    model.add("a", Mean.of(window(5, 3)));
    Picture picture = model.picture(ALL);
    assertEquals(List.of("a", "b"), picture.series().stream().map(SeriesPicture::name).toList());
    assertEquals(List.of(1, 0), picture.series().stream().map(s -> s.means().size()).toList());
    assertEquals(new Range(second(1), second(5)), picture.range());
  }

  @Test
  void manyReadingsAreCondensedWithoutLosingASpike() {
    var random = new Random(5);
    int count = 250_000;
    IntStream.range(0, count)
        .forEach(
            i ->
                model.add(
                    "", reading(i / 1000.0, i == 40_000 ? 999 : random.nextInt(100), 0, i, 0)));
    for (int seconds : new int[] {1, 60, 249, 1_000, 100_000}) {
      Picture picture = model.picture(new VisibleSpan.LastTime(Duration.ofSeconds(seconds)));
      Line line = originals(picture);
      assertTrue(line.size() <= Line.MAX_POINTS, seconds + " s: " + line.size() + " points");
      boolean spike = IntStream.range(0, line.size()).anyMatch(i -> line.value(i) == 999);
      assertEquals(seconds > 210, spike, seconds + " s");
      assertTrue(
          IntStream.range(1, line.size()).allMatch(i -> line.micros(i - 1) <= line.micros(i)));
      assertTrue(IntStream.range(0, line.size()).noneMatch(line::isGapBefore));
    }
  }

  private List<String> line(VisibleSpan extent) {
    Line line = originals(model.picture(extent));
    return IntStream.range(0, line.size())
        .mapToObj(i -> point(line.micros(i), line.value(i)))
        .toList();
  }

  private List<String> means() {
    return means(model.picture(ALL)).stream()
        .map(point -> point(point.atMicros(), point.mean().avg()))
        .toList();
  }

  private static Line originals(Picture picture) {
    return picture.series().get(0).originals();
  }

  private static List<MeanPoint> means(Picture picture) {
    return picture.series().get(0).means();
  }

  private static String point(long micros, double value) {
    return (micros - Rows.BEGIN) / 1_000_000 + "s " + (long) value;
  }

  private static WindowSummary early(double end, double avg) {
    return Rows.with(window(end, avg), Pane.EARLY, 0, 0);
  }

  private void raw(Reading reading) {
    feed(model.raw(), reading.toJson());
  }

  private void reduced(WindowSummary window) {
    feed(model.reduced(), window.toJson());
  }
}
