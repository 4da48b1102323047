package coarsen.pipeline;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.read.ReadPlan;
import coarsen.pipeline.read.ReadReadings;
import coarsen.pipeline.reduce.ReduceToWindows;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.status.CountReadings;
import coarsen.pipeline.status.CountWindows;
import coarsen.pipeline.write.Destination;
import coarsen.pipeline.write.WriteRows;
import coarsen.records.WindowSummary;
import java.time.Duration;
import java.util.List;
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
 * @param plan what is read
 * @param earlyResults how often a window that is still open has a row; zero for never
 * @param raw null for no raw rows, as for the other two
 */
record Job(
    RunId run,
    ReadPlan plan,
    Duration earlyResults,
    @Nullable Destination raw,
    @Nullable Destination reduced,
    @Nullable Destination rejected) {

  /** The pipeline, for the engine that the options name. */
  Pipeline pipeline(PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<ReadingBatch> batches =
        pipeline
            .apply("Read", ReadReadings.from(plan))
            // Not beside the others: Spark would keep batches for what is read twice.
            .apply("Count", ParDo.of(new CountReadings(run.job())))
            .setCoder(ReadingBatchCoder.of());
    if (raw != null) {
      batches.apply("WriteRaw", WriteRows.raw(raw));
    }
    if (rejected != null) {
      batches.apply("WriteRejected", WriteRows.rejected(rejected, plan.source().name()));
    }
    if (reduced != null) {
      PCollection<List<WindowSummary>> rows =
          batches.apply(
              "Reduce",
              ReduceToWindows.of(plan.rules(), earlyResults, run, plan.format().series() != null));
      rows.apply("CountWindows", ParDo.of(new CountWindows(run.job())))
          .setCoder(rows.getCoder())
          .apply("WriteReduced", WriteRows.reduced(reduced));
    }
    return pipeline;
  }
}
