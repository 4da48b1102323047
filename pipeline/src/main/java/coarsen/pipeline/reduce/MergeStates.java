package coarsen.pipeline.reduce;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Merges partial states of a window, in any order. */
final class MergeStates extends CombineFn<WindowState, WindowState, WindowState> {
  private static final long serialVersionUID = 1L;

  @Override
  public WindowState createAccumulator() {
    return new WindowState(new Summary());
  }

  /**
   * Leaves both as they are. Flink writes a checkpoint while the pipeline continues, and does not
   * copy the states in it ({@code fasterCopy}): what was added to one of them would be in the
   * checkpoint, and read again after a restore.
   */
  @Override
  public WindowState addInput(WindowState state, WindowState partial) {
    return mergeAccumulators(List.of(state, partial));
  }

  @Override
  public WindowState mergeAccumulators(Iterable<WindowState> states) {
    WindowState merged = createAccumulator();
    for (WindowState state : states) {
      merged.add(state);
    }
    return merged;
  }

  @Override
  public WindowState extractOutput(WindowState state) {
    return state;
  }

  @Override
  public Coder<WindowState> getAccumulatorCoder(
      CoderRegistry registry, Coder<WindowState> inputCoder) {
    return inputCoder;
  }

  @Override
  public Coder<WindowState> getDefaultOutputCoder(
      CoderRegistry registry, Coder<WindowState> inputCoder) {
    return inputCoder;
  }
}
