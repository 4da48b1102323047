package coarsen.pipeline;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.read.EventTimeRules;
import coarsen.pipeline.read.ReadPlan;
import coarsen.pipeline.read.ReadReadings;
import coarsen.pipeline.reduce.ReduceToWindows;
import coarsen.pipeline.write.Output;
import coarsen.pipeline.write.WriteRows;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * One run of the pipeline: what it reads and where its rows go.
 *
 * <pre>
 *            ┌─ raw rows
 *   topic ─ batches ─ rejected rows
 *            └─ windows ─ reduced rows
 * </pre>
 *
 * @param run how often the pipeline was restarted on the same outputs
 * @param earlyResults how often a window that is still open has a row; zero for never
 * @param raw null if nobody wants raw rows; so with the others
 */
record Job(
    ReadPlan plan,
    int run,
    Duration earlyResults,
    @Nullable Output raw,
    @Nullable Output reduced,
    @Nullable Output rejected) {

  /** The pipeline, for the engine that the options name. */
  Pipeline pipeline(PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<ReadingBatch> batches =
        pipeline
            .apply("Read", ReadReadings.from(plan))
            // Not beside the others: Spark would keep batches for what is read twice.
            .apply("Count", ParDo.of(new CountReadings()))
            .setCoder(ReadingBatchCoder.of());
    if (raw != null) {
      batches.apply("WriteRaw", WriteRows.raw(raw));
    }
    if (rejected != null) {
      batches.apply("WriteRejected", WriteRows.rejected(rejected, plan.topic()));
    }
    if (reduced != null) {
      EventTimeRules rules = plan.rules();
      batches
          .apply(
              "Reduce",
              ReduceToWindows.of(
                  rules.window(), rules.allowedLateness(), earlyResults, plan.runId(), run))
          .apply("WriteReduced", WriteRows.reduced(reduced));
    }
    return pipeline;
  }

  /**
   * Writes out what this JVM has kept back, and forgets the run; for its end.
   *
   * @throws RuntimeException if rows could not be written
   */
  void close() {
    try {
      WriteRows.close(Stream.of(raw, reduced, rejected).filter(Objects::nonNull).toList());
    } finally {
      ReadReadings.close(plan);
    }
  }
}
