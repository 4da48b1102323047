package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.time.WindowAssigner;
import coarsen.records.EventTime;
import coarsen.records.OffsetRange;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReducerTest {
  private static final long WINDOW = 5_000_000;

  private static Map<Long, WindowState> reduce(ReadingBatch... batches) {
    var states = new TreeMap<Long, WindowState>();
    var reducer = new BundleReducer(new WindowAssigner(WINDOW));
    for (ReadingBatch batch : batches) {
      reducer.add(batch);
    }
    reducer.drain(
        (state, series, millis) -> {
          long start = EventTime.windowStart(millis * 1_000, WINDOW) / 1_000_000;
          assertNull(states.put(start, state), "one partial for each window");
        });
    reducer.drain((state, series, millis) -> fail("drained twice"));
    return states;
  }

  private static ReadingBatch batch(long greatestBefore, long firstOffset, double... seconds) {
    var batch = new ReadingBatch.Builder(2, greatestBefore, 0);
    for (int i = 0; i < seconds.length; i++) {
      batch.add(Math.round(seconds[i] * 1e6), i, firstOffset + i, false);
    }
    return batch.build();
  }

  @Test
  void readingsGoToTheWindowThatHoldsThem() {
    Map<Long, WindowState> states = reduce(batch(Long.MIN_VALUE, 0, 0, 4.999999, 5, 3, 12));
    assertEquals(3, states.get(0L).summary().count());
    assertEquals(1, states.get(5L).summary().count());
    assertEquals(1, states.get(10L).summary().count());
    assertEquals(new OffsetRange(0, 3), states.get(0L).offsets().get(2));
  }

  @Test
  void lateReadingsAreLeftOut() {
    var batch = new ReadingBatch.Builder(0, Long.MIN_VALUE, 2);
    batch.add(1_000_000, 1, 7, true).add(2_000_000, 2, 8, false);
    Map<Long, WindowState> states = reduce(batch.build());
    assertEquals(1, states.get(0L).summary().count());
    assertEquals(new OffsetRange(8, 8), states.get(0L).offsets().get(0));
  }

  @Test
  void aReplayBeginsWhereTheWindowsStartWasReachedFirst() {
    Map<Long, WindowState> states = reduce(batch(Long.MIN_VALUE, 100, 1, 12, 6, 2, 13));
    assertEquals(100, states.get(0L).replayFrom().get(2));
    assertEquals(101, states.get(5L).replayFrom().get(2), "12 s already lies behind 5 s");
    assertEquals(101, states.get(10L).replayFrom().get(2));
  }

  @Test
  void aBatchThatDidNotReachTheWindowFirstTellsNothing() {
    Map<Long, WindowState> states = reduce(batch(7_000_000, 100, 6, 8, 11));
    assertTrue(states.get(5L).replayFrom().isEmpty());
    assertEquals(102, states.get(10L).replayFrom().get(2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.000001, -0.001, -4.999, -5, -5.000001, -7, -10, -1e9 - 0.5, 0, 2.5, 5})
  void fixedWindowsPutsEveryPartIntoItsWindow(double seconds) {
    long micros = Math.round(seconds * 1e6);
    var reducer = new BundleReducer(new WindowAssigner(WINDOW));
    reducer.add(batch(Long.MIN_VALUE, 0, seconds));
    reducer.drain(
        (state, series, millis) ->
            assertEquals(
                EventTime.windowStart(micros, WINDOW) / 1_000,
                FixedWindows.of(Duration.millis(WINDOW / 1_000))
                    .assignWindow(Instant.ofEpochMilli(millis))
                    .start()
                    .getMillis()));
  }

  @Test
  void theBatchesOfABundleAreMerged() {
    var other = new ReadingBatch.Builder(7, Long.MIN_VALUE, 1).add(2_000_000, 9, 50, false);
    Map<Long, WindowState> states =
        reduce(batch(Long.MIN_VALUE, 0, 1, 2), batch(2_000_000, 2, 3, 8), other.build());
    assertEquals(4, states.get(0L).summary().count());
    assertEquals(
        Map.of(2, new OffsetRange(0, 2), 7, new OffsetRange(50, 50)), states.get(0L).offsets());
    assertEquals(Map.of(2, 0L, 7, 50L), states.get(0L).replayFrom());
    assertEquals(Map.of(2, 3L), states.get(5L).replayFrom());
  }
}
