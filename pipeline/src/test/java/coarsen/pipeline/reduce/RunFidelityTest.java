package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.records.Aggregate;
import coarsen.records.Aggregates;
import coarsen.records.EventWindow;
import coarsen.records.Fidelity;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFidelityTest {
  private static WindowSummary row(long start, int revision, long count, double stddev) {
    return new WindowSummary(
        new EventWindow(start, start + 1),
        count,
        Aggregates.of(aggregate -> aggregate == Aggregate.STANDARD_DEVIATION ? stddev : 0),
        Pane.ON_TIME,
        new RowVersion(0, revision),
        Provenance.of(Map.of(), Map.of()));
  }

  @Test
  void aRowReplacesTheOneBeforeOfItsWindow() {
    RunFidelity.of("a").add(row(0, 1, 30, 3));
    RunFidelity.of("a").add(row(0, 0, 10, 1));
    RunFidelity.of("a").add(row(5, 0, 10, 7));
    RunFidelity.of("b").add(row(5, 0, 1, 0));
    Fidelity fidelity = RunFidelity.take("a");
    assertEquals(2, fidelity.windows());
    assertEquals(40, fidelity.readings());
    assertEquals(7, fidelity.worstDeviation());
    assertEquals(1, RunFidelity.take("b").windows());
    assertEquals(0, RunFidelity.take("a").windows(), "a run is forgotten once it is told");
  }

  @Test
  void allWindowsCountHoweverManyThereAre() {
    for (int i = 0; i < 25_000; i++) {
      RunFidelity.of("c").add(row(i, 0, 2, 1));
    }
    RunFidelity.of("c").add(row(3, 1, 200, 1));
    Fidelity fidelity = RunFidelity.take("c");
    assertEquals(25_000, fidelity.windows());
    assertEquals(50_000, fidelity.readings(), "a window that is settled is not counted again");
  }
}
