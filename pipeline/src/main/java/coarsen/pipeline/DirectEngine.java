package coarsen.pipeline;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** Runs in this JVM. The runner's checks of every element cost most of the speed: for tests. */
public final class DirectEngine implements Engine {
  @Override
  public String runner() {
    return "DirectRunner";
  }

  @Override
  public Map<String, String> defaults(RunSettings settings) {
    return Map.of(
        "blockOnRun", "false", "enforceImmutability", "false", "enforceEncodability", "false");
  }

  @Override
  public PipelineResult run(Pipeline pipeline, RunSettings settings, int partitions) {
    return pipeline.run();
  }
}
