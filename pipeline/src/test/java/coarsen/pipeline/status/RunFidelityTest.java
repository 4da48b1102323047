package coarsen.pipeline.status;

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

  private final RunFidelity run = new RunFidelity();

  @Test
  void aRowReplacesThePreviousOneOfItsWindow() {
    run.add(row(0, 1, 30, 3));
    run.add(row(0, 0, 10, 1));
    run.add(row(5, 0, 10, 7));
    Fidelity fidelity = run.total();
    assertEquals(2, fidelity.windows());
    assertEquals(40, fidelity.readings());
    assertEquals(7, fidelity.worstDeviation());
  }

  @Test
  void aTotalInBetweenChangesNothing() {
    run.add(row(0, 0, 10, 1));
    assertEquals(10, run.total().readings());
    run.add(row(0, 1, 30, 1));
    assertEquals(30, run.total().readings());
  }

  @Test
  void allWindowsCountHoweverManyThereAre() {
    for (int i = 0; i < 25_000; i++) {
      run.add(row(i, 0, 2, 1));
    }
    run.add(row(3, 1, 200, 1));
    Fidelity fidelity = run.total();
    assertEquals(25_000, fidelity.windows());
    assertEquals(50_000, fidelity.readings(), "a window that is settled is not counted again");
  }
}
