package coarsen.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FidelityTest {
  private final Fidelity fidelity = new Fidelity();

  @Test
  void theErrorIsWeightedByTheReadingsOfEachWindow() {
    add(0, 300, 0, -1, 1, 1);
    add(5, 100, 0, -3, 3, 3);
    assertEquals(2, fidelity.windows());
    assertEquals(400, fidelity.readings());
    assertEquals(200, fidelity.readingsPerRow());
    assertEquals(Math.sqrt((300 + 900) / 400.0), fidelity.meanError());
  }

  @Test
  void theWorstWindowIsTheFirstWithTheGreatestDeviation() {
    add(-10, 1, 0, 0, 0, 0);
    add(-5, 2, 0, -2, 2, 2);
    add(0, 2, 0, -2, 2, 2);
    assertEquals(2, fidelity.worstDeviation());
    assertEquals(-5_000_000, fidelity.worstStartMicros());
  }

  @Test
  void aSpikeIsMoreThanFourDeviationsFromTheMeanOnEitherSide() {
    add(0, 100, 10, 6, 14, 1);
    assertEquals(0, fidelity.spikes());
    add(5, 100, 10, 9, 14.5, 1);
    add(10, 100, 10, 5.5, 11, 1);
    assertEquals(2, fidelity.spikes());
  }

  @Test
  void equalReadingsHaveNoErrorAndNoSpike() {
    add(0, 7, 0.1, 0.1, 0.1, 0);
    assertEquals(0, fidelity.meanError());
    assertEquals(0, fidelity.spikes());
    assertEquals(0, fidelity.worstDeviation());
  }

  @Test
  void withoutARowThereIsNothingToReport() {
    assertTrue(Double.isNaN(fidelity.readingsPerRow()));
    assertTrue(Double.isNaN(fidelity.meanError()));
    assertThrows(IllegalStateException.class, fidelity::worstDeviation);
    assertThrows(IllegalStateException.class, fidelity::worstStartMicros);
  }

  private void add(
      long startSeconds, long count, double mean, double min, double max, double deviation) {
    long start = startSeconds * 1_000_000;
    fidelity.add(
        new WindowSummary(
            new EventWindow(start, start + 5_000_000),
            count,
            RowsTest.values(mean, min, max, deviation),
            Pane.ON_TIME,
            new RowVersion(0, 0),
            Provenance.of(Map.of(), Map.of())));
  }
}
