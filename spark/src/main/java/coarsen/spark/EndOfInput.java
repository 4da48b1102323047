package coarsen.spark;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.spark.util.GlobalWatermarkHolder;
import org.apache.beam.runners.spark.util.GlobalWatermarkHolder.SparkWatermarks;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.spark.streaming.api.java.JavaBatchInfo;
import org.apache.spark.streaming.api.java.JavaStreamingListener;
import org.apache.spark.streaming.api.java.JavaStreamingListenerBatchCompleted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that every source was read to its end and all windows are written. Beam's runner
 * continues with empty micro-batches forever.
 */
final class EndOfInput extends JavaStreamingListener {
  /** Beam's own listener, which advances the watermarks, is called after this one. */
  private static final long WATERMARK_DELAY_MILLIS = 50;

  private static final long MIN_WARNING_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(EndOfInput.class);

  private final int sources;
  private final long intervalMillis;
  private final long staleMillis;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private long endKnownMillis = Long.MAX_VALUE;
  private long nextWarningMillis = MIN_WARNING_MILLIS;

  /**
   * @param sources number of sources of the pipeline
   * @param intervalMillis time from one micro-batch to the next
   * @param staleMillis how long workers may use outdated watermarks
   */
  EndOfInput(int sources, long intervalMillis, long staleMillis) {
    this.sources = sources;
    this.intervalMillis = intervalMillis;
    this.staleMillis = staleMillis;
  }

  /** Completes when the run may end. */
  CompletableFuture<Void> reached() {
    return reached;
  }

  /** The last windows are written by a micro-batch that starts after all workers know the end. */
  @Override
  public synchronized void onBatchCompleted(JavaStreamingListenerBatchCompleted completed) {
    warnIfBehind(completed.batchInfo());
    if (completed.batchInfo().processingStartTime() >= endKnownMillis) {
      reached.complete(null);
    } else {
      CompletableFuture.delayedExecutor(WATERMARK_DELAY_MILLIS, TimeUnit.MILLISECONDS)
          .execute(this::checkWatermarks);
    }
  }

  private synchronized void checkWatermarks() {
    Map<Integer, SparkWatermarks> watermarks = GlobalWatermarkHolder.get(intervalMillis);
    if (endKnownMillis == Long.MAX_VALUE
        && watermarks.size() == sources
        && watermarks.values().stream()
            .noneMatch(w -> w.getLowWatermark().isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE))) {
      endKnownMillis = System.currentTimeMillis() + staleMillis;
    }
  }

  /** Warns again each time that the delay has doubled. */
  private void warnIfBehind(JavaBatchInfo info) {
    long behind = info.schedulingDelay();
    if (behind > Math.max(nextWarningMillis, 5 * intervalMillis)) {
      nextWarningMillis = 2 * behind;
      LOG.warn(
          "Spark is {} s behind with its micro-batches of {} s; give it more cores, a smaller"
              + " --readTimePercentage or a longer --batchIntervalMillis",
          behind / 1_000,
          intervalMillis / 1e3);
    }
  }
}
