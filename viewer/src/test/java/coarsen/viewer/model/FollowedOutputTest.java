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

/** How an output is, by a clock that the test sets. */
class FollowedOutputTest {
  private Instant now = Instant.parse("2021-01-23T12:20:00Z");
  private final ViewModel model =
      new ViewModel(() -> now, "topic:raw", "topic:reduced", "topic:rejected");
  private int made;

  @Test
  void itWaitsUntilTheFirstRowThenLivesAndIsStaleAfterTenSeconds() {
    assertEquals(OutputState.WAITING, raw().state());
    assertNull(raw().newestMicros());
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
  void whoeverComesSeldomMayTakeTheTimeItUsuallyTakes() {
    for (int i = 0; i < 20; i++) {
      row();
      pass(60);
    }
    assertEquals(OutputState.LIVE, raw().state());
    pass(600);
    assertEquals(OutputState.STALE, raw().state());
  }

  @Test
  void reducedRowsMayTakeTwiceAsLongAsTheirWindows() {
    feed(model.reduced(), window(5, 1).toJson());
    pass(19);
    assertEquals(OutputState.LIVE, model.status().sources().get(1).state());
    pass(2);
    assertEquals(OutputState.STALE, model.status().sources().get(1).state());
  }

  @Test
  void whatIsMissingIsWaitedForBeforeTheFirstRowAndGoneAfterwards() {
    model.raw().missing("there is no topic raw");
    assertEquals(OutputState.WAITING, raw().state());
    assertEquals("there is no topic raw", raw().detail());
    model.raw().missing("");
    row();
    pass(3);
    model.raw().missing("the broker does not answer");
    pass(3);
    model.raw().missing("the broker does not answer");
    assertEquals(OutputState.GONE, raw().state());
    assertEquals(Instant.parse("2021-01-23T12:20:03Z"), raw().since());
    model.raw().missing("");
    assertEquals(OutputState.LIVE, raw().state());
  }

  @Test
  void theRateIsThatOfTheLastFiveSeconds() {
    for (int i = 0; i < 100; i++) {
      row();
      now = now.plusMillis(100);
    }
    assertEquals(10, raw().rowsPerSecond(), 0.5);
    pass(6);
    assertEquals(0, raw().rowsPerSecond());
  }

  @Test
  void theStatusSaysAllOfItInWords() {
    feed(model.raw(), "no row");
    row();
    feed(model.reduced(), window(5, 1).toJson());
    model.rejected().missing("there is no topic rejected");
    pass(20);
    model.raw().missing("the broker does not answer");
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
    feed(model.raw(), reading(made++ / 1000.0, 1).toJson());
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
