package coarsen.pipeline.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Series;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stretch is 5 s + 2 s + 13 s = 20 s of event time; at most two series. */
class KnownSeriesTest {
  private final KnownSeries known =
      new KnownSeries(EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofSeconds(13)));

  private boolean accept(String name, long second) {
    return known.accept(Series.of(Map.of("device", name)), 2, second * 1_000_000);
  }

  @Test
  void seriesBeyondTheGreatestNumberAreRefused() {
    assertTrue(accept("a", 0));
    assertTrue(accept("b", 1));
    assertFalse(accept("c", 2));
    assertTrue(accept("a", 3));
    assertFalse(accept("c", 4));
  }

  @Test
  void aSeriesOfTheStretchBeforeIsStillKnown() {
    accept("a", 0);
    accept("b", 19);

    assertFalse(accept("c", 20));
    assertTrue(accept("b", 21));
    assertFalse(accept("c", 39));
  }

  @Test
  void aSeriesThatWasSilentForAStretchMakesRoom() {
    accept("a", 0);
    accept("b", 0);
    accept("b", 25);

    assertTrue(accept("c", 40), "a came last two stretches before");
    assertFalse(accept("a", 41));
    assertTrue(accept("b", 42));
  }

  @Test
  void aJumpInTimeMakesRoomForAll() {
    accept("a", 0);
    accept("b", 0);

    assertTrue(accept("c", 1_000));
    assertTrue(accept("d", 1_000));
    assertFalse(accept("a", 1_000));
  }

  @Test
  void timesBefore1970HaveStretchesToo() {
    assertTrue(accept("a", -50));
    assertTrue(accept("b", -41));
    assertFalse(accept("c", -21));
    assertTrue(accept("c", -1));
  }
}
