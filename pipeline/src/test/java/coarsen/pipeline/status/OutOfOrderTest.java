package coarsen.pipeline.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.pipeline.batch.DisorderSteps;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutOfOrderTest {
  private static OutOfOrder of(long readings, long... millis) {
    var counts = new TreeMap<Integer, Long>();
    for (long distance : millis) {
      counts.merge(DisorderSteps.of(distance * 1_000), 1L, Long::sum);
    }
    return new OutOfOrder(counts, readings, Arrays.stream(millis).max().orElse(0));
  }

  @Test
  void aShareIsExactAtAStep() {
    OutOfOrder seen = of(100, 500, 1_000, 1_001, 2_000, 4_999, 5_000, 5_001);
    assertEquals(0.05, seen.shareBehind(1_000_000));
    assertEquals(0.03, seen.shareBehind(2_000_000));
    assertEquals(0.01, seen.shareBehind(5_000_000));
    assertEquals(0, seen.shareBehind(8_000_000));
  }

  @Test
  void aQuantileIsTheStepAboveIt() {
    OutOfOrder seen = of(1_000, 10, 20, 30, 900);
    assertEquals(20_000, seen.quantileMicros(0.5));
    assertEquals(1_000_000, seen.quantileMicros(0.99));
  }

  @Test
  void theAdviceLeavesAThousandthToCorrections() {
    String advice = of(2_000, 10, 700, 3_000, 7_000).toString();
    assertTrue(
        advice.contains("4 readings were out of order, by p50 800ms, p99 8s, at most 7s"), advice);
    assertTrue(
        advice.contains("1s leaves 0.100 % to corrections, 2s 0.100 %, 5s 0.0500 %"), advice);
    assertTrue(advice.endsWith("; 800ms would leave 0.100 %"), advice);
    assertTrue(of(10).toString().startsWith("no reading was out of order"));
  }

  @Test
  void distancesAreWrittenInFull() {
    String text = of(10, 1_250_000, 20_000, 7_996).toString();
    assertTrue(text.contains("p50 20s, p99 1250s, at most 1250s"), text);
  }

  @Test
  void distancesBeyondTheLastStepCountForIt() {
    assertEquals(DisorderSteps.of(Long.MAX_VALUE), DisorderSteps.of(800_000_000_000_000L));
    assertEquals(0, DisorderSteps.of(1));
  }
}
