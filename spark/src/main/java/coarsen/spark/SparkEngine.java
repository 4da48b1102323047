package coarsen.spark;

import coarsen.command.Addresses;
import coarsen.command.CommandException;
import coarsen.pipeline.Engine;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.read.PartitionGrouping;
import java.io.File;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.spark.SparkContextOptions;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.spark.SparkContext;

/**
 * Runs on Spark: in this JVM, on a cluster given by {@code --sparkMaster=spark://HOST:PORT}, or on
 * the cluster that {@code spark-submit} names.
 */
public final class SparkEngine implements Engine {
  private static final String MASTER = "sparkMaster";
  private static final String CHECKPOINT_DIR = "checkpointDir";
  private static final String READ_SHARE = "readTimePercentage";

  /** Share of a micro-batch's time in which all sources together may read. */
  private static final double TOTAL_READ_SHARE = 0.4;

  private static final String INTERVAL = "batchIntervalMillis";
  private static final long MIN_INTERVAL_MILLIS = 1_000;
  private static final long INTERVAL_MILLIS_PER_SOURCE = 250;

  /** Beam's records are our batches. An unlimited micro-batch would not fit in small executors. */
  private static final String MAX_BATCHES = "maxRecordsPerBatch";

  private static final long MAX_BATCHES_PER_PARTITION = 100;

  @Override
  public String runner() {
    return "SparkRunner";
  }

  @Override
  public void check(RunSettings settings) {
    Addresses.checkCluster("--" + MASTER, master(settings));
    if (!isLocal(master(settings))
        && settings.outputs().folders().findAny().isEmpty()
        && !Engine.isGiven(CHECKPOINT_DIR, settings.engineOptions())) {
      throw CommandException.usage(
          "Spark on a cluster needs a folder for its state that every worker can reach, and outputs in"
              + " topics do not imply one; give --checkpointDir=FOLDER");
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
        CHECKPOINT_DIR,
        besideOutputs(settings));
  }

  /**
   * Beam's runner takes the maximum of the watermarks within a source, but the minimum over several
   * sources. Several cost more, because it reads them one after another.
   */
  @Override
  public PartitionGrouping grouping(RunSettings settings) {
    return isLocal(master(settings)) ? PartitionGrouping.IN_STEP : PartitionGrouping.APART;
  }

  /** The row of a straggler's window is written by the micro-batch that has the straggler. */
  @Override
  public Duration quiet(RunSettings settings) {
    long interval =
        Engine.given(INTERVAL, settings.engineOptions())
            .map(Long::parseLong)
            .orElse(MIN_INTERVAL_MILLIS);
    return Duration.ofMillis(2 * interval);
  }

  @Override
  public PipelineResult run(Pipeline pipeline, RunSettings settings, int partitions) {
    // A retried task would lose what the first attempt read, because the reader has moved on.
    setUnlessSet("spark.task.maxFailures", "1");
    var options = pipeline.getOptions().as(SparkPipelineOptions.class);
    boolean local = isLocal(master(settings));
    int sources = local ? 1 : partitions;
    if (local) {
      setUnlessSet("spark.ui.enabled", "false");
    }
    limitMicroBatches(options, settings.engineOptions(), partitions, sources);
    StateFolder folder = StateFolder.in(options.getCheckpointDir());
    options.setCheckpointDir(folder.toString());
    long interval = options.getBatchIntervalMillis();
    // Executors fetch the watermarks every half interval; this JVM always has the newest.
    var end = new EndOfInput(sources, interval, local ? 0 : interval / 2);
    options.as(SparkContextOptions.class).setListeners(List.of(end));
    boolean started = false;
    try {
      PipelineResult beamResult = pipeline.run();
      var guard = new LossGuard();
      SparkContext.getOrCreate().addSparkListener(guard);
      var run = new SparkRun(beamResult, end, guard, folder);
      started = true;
      return run;
    } finally {
      if (!started) {
        folder.delete();
      }
    }
  }

  /**
   * Beam's runner waits at each source that has no data, and starts a Spark job for each: all of
   * them together must fit into a micro-batch.
   */
  private static void limitMicroBatches(
      SparkPipelineOptions options, List<String> given, int partitions, int sources) {
    if (!Engine.isGiven(INTERVAL, given)) {
      options.setBatchIntervalMillis(
          Math.max(MIN_INTERVAL_MILLIS, INTERVAL_MILLIS_PER_SOURCE * sources));
    }
    if (!Engine.isGiven(READ_SHARE, given)) {
      options.setReadTimePercentage(TOTAL_READ_SHARE / sources);
    }
    if (!Engine.isGiven(MAX_BATCHES, given)) {
      options.setMaxRecordsPerBatch(MAX_BATCHES_PER_PARTITION * partitions / sources);
    }
  }

  /** Whether driver and executors are in this JVM. */
  private static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** The folder that contains the first output in files; empty for the current folder. */
  private static String besideOutputs(RunSettings settings) {
    return settings
        .outputs()
        .folders()
        .map(output -> output.directory().replaceFirst("/+$", ""))
        .map(directory -> directory.substring(0, directory.lastIndexOf('/') + 1))
        .findFirst()
        .orElse("");
  }

  /** The master that spark-submit has set, if any, else the option's. */
  private static String master(RunSettings settings) {
    return System.getProperty(
        "spark.master", Engine.given(MASTER, settings.engineOptions()).orElse("local"));
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** The bundled jar, which contains this class and all that a cluster needs. */
  static String ownJar() {
    try {
      return new File(SparkEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
