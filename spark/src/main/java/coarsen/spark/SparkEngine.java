package coarsen.spark;

import coarsen.command.Addresses;
import coarsen.command.CommandException;
import coarsen.pipeline.Engine;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.read.PartitionGrouping;
import java.io.File;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.spark.SparkContextOptions;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.spark.SparkContext;

/**
 * Runs on Spark: in this JVM, on a cluster by {@code --sparkMaster=spark://HOST:PORT}, or where
 * {@code spark-submit} starts it.
 */
public final class SparkEngine implements Engine {
  private static final String MASTER = "sparkMaster";
  private static final String CHECKPOINTS = "checkpointDir";
  private static final String READ_SHARE = "readTimePercentage";

  /** Of a micro-batch, all sources together. */
  private static final double READING = 0.4;

  private static final String INTERVAL = "batchIntervalMillis";
  private static final long LEAST_INTERVAL = 1_000;
  private static final long INTERVAL_A_SOURCE = 250;

  /** An unlimited micro-batch does not fit the memory of small executors. */
  private static final String MOST_BATCHES = "maxRecordsPerBatch";

  private static final long MOST_BATCHES_A_PARTITION = 100;

  @Override
  public String runner() {
    return "SparkRunner";
  }

  @Override
  public void check(RunSettings settings) {
    Addresses.checkCluster("--" + MASTER, master(settings));
    if (!isLocal(master(settings))
        && settings.outputs().folders().findAny().isEmpty()
        && !Engine.isGiven(CHECKPOINTS, settings.engineOptions())) {
      throw CommandException.usage(
          "Spark on a cluster keeps its state in a folder that every worker reaches, and outputs in"
              + " topics tell none: give --checkpointDir=FOLDER");
    }
  }

  @Override
  public Map<String, String> defaults(RunSettings settings) {
    return Map.of(
        MASTER,
        "local[" + Math.max(2, Runtime.getRuntime().availableProcessors()) + "]",
        "minReadTimeMillis",
        "1",
        "filesToStage",
        ownJar(),
        CHECKPOINTS,
        besideOutputs(settings));
  }

  /**
   * Beam's runner takes the greatest of the watermarks within a source, but the least of many. Many
   * cost more: it reads them one after another.
   */
  @Override
  public PartitionGrouping grouping(RunSettings settings) {
    return isLocal(master(settings)) ? PartitionGrouping.IN_STEP : PartitionGrouping.APART;
  }

  @Override
  public PipelineResult run(Pipeline pipeline, RunSettings settings, int partitions) {
    // What a task had read is lost when it is tried again: its reader has gone on.
    setUnlessSet("spark.task.maxFailures", "1");
    var options = pipeline.getOptions().as(SparkPipelineOptions.class);
    boolean local = isLocal(master(settings));
    int sources = local ? 1 : partitions;
    if (local) {
      setUnlessSet("spark.ui.enabled", "false");
    }
    // Beam's runner waits at a source that has nothing: together they must fit a micro-batch, and
    // each costs a Spark job.
    if (!Engine.isGiven(INTERVAL, settings.engineOptions())) {
      options.setBatchIntervalMillis(Math.max(LEAST_INTERVAL, INTERVAL_A_SOURCE * sources));
    }
    if (!Engine.isGiven(READ_SHARE, settings.engineOptions())) {
      options.setReadTimePercentage(READING / sources);
    }
    if (!Engine.isGiven(MOST_BATCHES, settings.engineOptions())) {
      options.setMaxRecordsPerBatch(MOST_BATCHES_A_PARTITION * partitions / sources);
    }
    StateFolder folder = StateFolder.in(options.getCheckpointDir());
    options.setCheckpointDir(folder.toString());
    long interval = options.getBatchIntervalMillis();
    // Executors ask for watermarks every half interval; this JVM has them.
    var end = new EndOfInput(sources, interval, local ? 0 : interval / 2);
    options.as(SparkContextOptions.class).setListeners(List.of(end));
    boolean started = false;
    try {
      PipelineResult beams = pipeline.run();
      var guard = new LossGuard();
      SparkContext.getOrCreate().addSparkListener(guard);
      var run = new SparkRun(beams, end, guard, folder);
      started = true;
      return run;
    } finally {
      if (!started) {
        folder.delete();
      }
    }
  }

  /** Whether driver and executor are this JVM. */
  private static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** Where outputs in files are, or empty for the current folder. */
  private static String besideOutputs(RunSettings settings) {
    return settings
        .outputs()
        .folders()
        .map(output -> output.directory().replaceFirst("/+$", ""))
        .map(directory -> directory.substring(0, directory.lastIndexOf('/') + 1))
        .findFirst()
        .orElse("");
  }

  /** Where spark-submit has set one, it wins. */
  private static String master(RunSettings settings) {
    return System.getProperty(
        "spark.master", Engine.given(MASTER, settings.engineOptions()).orElse("local"));
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** The jar that this class is in, with all that a cluster needs. */
  static String ownJar() {
    try {
      return new File(SparkEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
