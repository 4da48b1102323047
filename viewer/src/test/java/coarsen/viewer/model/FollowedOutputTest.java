package coarsen.viewer.model;

import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of an output, by a clock that the test sets. */
class FollowedOutputTest {
  private Instant now = Instant.parse("2021-01-23T12:20:00Z");
  private final ViewModel model = new ViewModel(() -> now, true);
  private int rowsMade;

  @Test
  void itWaitsForTheFirstRowThenIsLiveAndStaleAfterTenSecondsOfSilence() {
    assertEquals(OutputState.WAITING, raw().state());
    assertNull(raw().traffic().maxEventTime());
    row();
    assertEquals(OutputState.LIVE, raw().state());
    pass(10);
    assertEquals(OutputState.LIVE, raw().state());
    pass(1);
    assertEquals(OutputState.STALE, raw().state());
    assertEquals(Instant.parse("2021-01-23T12:20:00Z"), raw().since());
    row();
    assertEquals(OutputState.LIVE, raw().state());
  }

  @Test
  void rareRowsMakeItStaleOnlyAfterLongerThanTheirUsualPause() {
    for (int i = 0; i < 20; i++) {
      row();
      pass(60);
    }
    assertEquals(OutputState.LIVE, raw().state());
    pass(600);
    assertEquals(OutputState.STALE, raw().state());
  }

  @Test
  void reducedRowsMayPauseForTwoWindowsMore() {
    feed(model.reduced(), window(5, 1).toJson());
    pass(19);
    assertEquals(OutputState.LIVE, model.status().sources().get(1).state());
    pass(2);
    assertEquals(OutputState.STALE, model.status().sources().get(1).state());
  }

  @Test
  void anUnavailableOutputIsWaitedForBeforeItsFirstRowAndGoneAfterwards() {
    model.raw().unavailable("there is no topic raw");
    assertEquals(OutputState.WAITING, raw().state());
    assertEquals("there is no topic raw", raw().detail());
    model.raw().unavailable("");
    row();
    pass(3);
    model.raw().unavailable("the broker does not answer");
    pass(3);
    model.raw().unavailable("the broker does not answer");
    assertEquals(OutputState.GONE, raw().state());
    assertEquals(Instant.parse("2021-01-23T12:20:03Z"), raw().since());
    model.raw().unavailable("");
    assertEquals(OutputState.LIVE, raw().state());
  }

  @Test
  void theRateCoversTheLastFiveSeconds() {
    for (int i = 0; i < 100; i++) {
      row();
      now = now.plusMillis(100);
    }
    assertEquals(10, raw().traffic().rowsPerSecond(), 0.5);
    pass(6);
    assertEquals(0, raw().traffic().rowsPerSecond());
  }

  @Test
  void theStatusLineDescribesAllOutputs() {
    feed(model.raw(), "not a row");
    row();
    feed(model.reduced(), window(5, 1).toJson());
    model.rejected().unavailable("there is no topic rejected");
    pass(20);
    model.raw().unavailable("the broker does not answer");
    Picture picture = model.picture(new VisibleSpan.LastTime(Duration.ofMinutes(1)));
    assertEquals(
        List.of(
            "raw gone since 13:20:20 (the broker does not answer), 1 row",
            "reduced live, 0/s, 1 row",
            "rejected waiting (there is no topic rejected), 0 rows",
            "500 readings a row",
            "1 bad line",
            "lag 8 min"),
        StatusText.of(picture, ZoneId.of("Europe/Berlin")).stream().map(StatusText::text).toList());
  }

  private OutputStatus raw() {
    return model.status().sources().get(0);
  }

  private void row() {
    feed(model.raw(), reading(rowsMade++ / 1000.0, 1).toJson());
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
