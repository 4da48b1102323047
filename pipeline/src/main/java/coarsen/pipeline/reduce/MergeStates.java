package coarsen.pipeline.reduce;

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

  @Override
  public WindowState addInput(WindowState state, WindowState partial) {
    state.add(partial);
    return state;
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
