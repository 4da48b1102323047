package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.records.OffsetRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeStatesTest {
  private final MergeStates merge = new MergeStates();

  private static WindowState of(int partition, long offset, double value) {
    var summary = new Summary();
    summary.add(value);
    return new WindowState(
        summary, Map.of(partition, new OffsetRange(offset, offset)), Map.of(partition, offset));
  }

  private static void assertIs(WindowState state, long count, double mean, int partitions) {
    assertEquals(count, state.summary().count());
    assertEquals(mean, state.summary().mean());
    assertEquals(partitions, state.offsets().size());
    assertEquals(partitions, state.replayFrom().size());
  }

  /** Flink may be writing the state into a checkpoint while a partial is added to it. */
  @Test
  void addingAPartialLeavesTheStateAndThePartialAsTheyWere() {
    WindowState first = merge.addInput(merge.createAccumulator(), of(0, 7, 1));
    WindowState partial = of(1, 3, 5);
    WindowState second = merge.addInput(first, partial);
    WindowState third = merge.addInput(second, of(2, 4, 9));
    assertIs(first, 1, 1, 1);
    assertIs(partial, 1, 5, 1);
    assertIs(second, 2, 3, 2);
    assertIs(third, 3, 5, 3);
  }

  @Test
  void mergingLeavesTheStatesAsTheyWere() {
    WindowState one = of(0, 7, 1);
    WindowState other = of(0, 9, 3);
    assertIs(merge.mergeAccumulators(List.of(one, other)), 2, 2, 1);
    assertIs(one, 1, 1, 1);
    assertIs(other, 1, 3, 1);
  }
}
