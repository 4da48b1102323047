package coarsen.viewer.model;

import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.model;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.second;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewSessionTest {
  private final ViewModel model =
      model(
          IntStream.range(0, 100).mapToObj(i -> reading(i, i)).toList(),
          List.of(window(95, 1), window(100, 2)));
  private final ViewSession session = new ViewSession(model, new VisibleSpan.LastReadings(10));

  @Test
  void aPauseHoldsThePictureWhileReadingContinues() {
    session.pause();
    Picture before = session.picture();
    feed(model.raw(), reading(100, 1).toJson());
    feed(model.reduced(), window(100, 77, 0, 1).toJson());
    Picture after = session.picture();
    assertEquals(before.range(), after.range());
    assertEquals(before.series().get(0).means(), after.series().get(0).means());
    assertTrue(after.paused());
    assertEquals(2, after.waiting());
    assertEquals(104, after.status().rows(), "the status is still updated");
  }

  @Test
  void followingAgainShowsTheRowsOfThePause() {
    session.pause();
    feed(model.raw(), reading(100, 1).toJson());
    session.follow();
    Picture picture = session.picture();
    assertFalse(picture.paused());
    assertEquals(0, picture.waiting());
    assertEquals(second(100), picture.range().to());
  }

  @Test
  void aZoomPausesAndCanBeWidenedAndNarrowed() {
    session.zoom(new Range(second(40), second(60)));
    assertTrue(session.isPaused() && session.isZoomed());
    assertEquals(23, session.picture().originals(), "21 and a neighbour on each side");
    session.narrow();
    assertEquals(new Range(second(45), second(55)), session.picture().range());
    session.widen();
    session.widen();
    assertEquals(new Range(second(30), second(70)), session.picture().range());
    session.follow();
    assertEquals(10, session.picture().originals());
  }

  @Test
  void withoutAZoomTheExtentIsWidenedAndNarrowedEvenDuringAPause() {
    session.widen();
    assertEquals(20, session.picture().originals());
    session.pause();
    session.narrow();
    assertEquals(10, session.picture().originals());
    assertTrue(session.isPaused());
  }

  @Test
  void extentsStayWithinTheirBounds() {
    assertEquals(new VisibleSpan.LastReadings(1), new VisibleSpan.LastReadings(1).narrower());
    assertEquals(
        new VisibleSpan.LastReadings(100_000), new VisibleSpan.LastReadings(70_000).wider());
    assertEquals(
        new VisibleSpan.LastTime(VisibleSpan.LastTime.LONGEST),
        new VisibleSpan.LastTime(VisibleSpan.LastTime.LONGEST).wider());
    assertEquals(
        new VisibleSpan.LastTime(Duration.ofMillis(1)),
        new VisibleSpan.LastTime(Duration.ofMillis(1)).narrower());
  }

  @Test
  void thePointsOfAPictureCanBeWrittenAsCsv() {
    session.zoom(new Range(second(94.5), second(95.5)));
    assertEquals(
        """
        kind,series,time,value,min_value,max_value,count,pane,run,revision
        original,,2021-01-23T12:13:35Z,95,,,,,,
        mean,,2021-01-23T12:13:35Z,1,0,2,500,ON_TIME,0,0
        """,
        PictureCsv.of(session.picture()).replace("\r\n", "\n"));
  }
}
