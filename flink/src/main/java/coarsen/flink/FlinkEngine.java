package coarsen.flink;

import coarsen.command.Addresses;
import coarsen.command.CommandException;
import coarsen.pipeline.Engine;
import coarsen.pipeline.RunSettings;
import java.util.Map;
import org.apache.beam.runners.flink.FlinkDetachedRunnerResult;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs on Flink: in this JVM, on a cluster given by {@code --flinkMaster=HOST:PORT}, or on the
 * cluster that {@code flink run} submits to.
 */
public final class FlinkEngine implements Engine {
  private static final String MASTER = "flinkMaster";
  private static final Logger LOG = LoggerFactory.getLogger(FlinkEngine.class);

  @Override
  public String runner() {
    return "FlinkRunner";
  }

  @Override
  public void check(RunSettings settings) {
    if (Engine.isGiven("checkpointingInterval", settings.engineOptions())
        && settings.outputs().folders().findAny().isPresent()) {
      throw CommandException.usage(
          "--checkpointingInterval does not work with outputs in files: a checkpoint lacks the rows"
              + " of unfinished files; write to topics, or leave out --checkpointingInterval");
    }
    Engine.given(MASTER, settings.engineOptions())
        .ifPresent(master -> Addresses.checkCluster("--" + MASTER, master));
  }

  /**
   * One bundle per element, because an operator holds back the watermark while a bundle is open,
   * which at a hundred readings a second is always; no copies of elements between operators,
   * because none is modified; and a detached client, which learns how the run ended.
   */
  @Override
  public Map<String, String> defaults(RunSettings settings) {
    return Map.of(
        "maxBundleSize", "1",
        "autoWatermarkInterval", "10",
        "fasterCopy", "true",
        "finishBundleBeforeCheckpointing", "true",
        "attachedMode", "false");
  }

  @Override
  public PipelineResult run(Pipeline pipeline, RunSettings settings, int partitions) {
    var options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    int wanted =
        options.getParallelism() > 0
            ? options.getParallelism()
            : StreamExecutionEnvironment.getExecutionEnvironment().getParallelism();
    if (wanted > partitions) {
      LOG.info("parallelism is {}, not {}: one for each partition", partitions, wanted);
    }
    // A source without a partition would hold back the watermark forever.
    options.setParallelism(Math.min(wanted, partitions));
    PipelineResult result = pipeline.run();
    return result instanceof FlinkDetachedRunnerResult detached ? FlinkJob.of(detached) : result;
  }
}
