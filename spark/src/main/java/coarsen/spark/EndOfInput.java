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
 * Tells when every source was read to its end and all windows are written. Beam's runner goes on
 * with empty micro-batches for ever.
 */
final class EndOfInput extends JavaStreamingListener {
  /** Beam's own listener, which moves the watermarks on, comes after this one. */
  private static final long LOOK_AFTER_MILLIS = 50;

  private static final long WARN_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(EndOfInput.class);

  private final int sources;
  private final long intervalMillis;
  private final long oldWatermarksMillis;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private long allKnowMillis = Long.MAX_VALUE;
  private long warnedAtMillis = WARN_MILLIS;

  /**
   * @param sources how many the pipeline has
   * @param intervalMillis from one micro-batch to the next
   * @param oldWatermarksMillis how long workers may go by watermarks that are no longer the newest
   */
  EndOfInput(int sources, long intervalMillis, long oldWatermarksMillis) {
    this.sources = sources;
    this.intervalMillis = intervalMillis;
    this.oldWatermarksMillis = oldWatermarksMillis;
  }

  /** Completed when the run may end. */
  CompletableFuture<Void> reached() {
    return reached;
  }

  /** The last windows are written by a micro-batch that began when its workers knew the end. */
  @Override
  public synchronized void onBatchCompleted(JavaStreamingListenerBatchCompleted completed) {
    warnIfBehind(completed.batchInfo());
    if (completed.batchInfo().processingStartTime() >= allKnowMillis) {
      reached.complete(null);
    } else {
      CompletableFuture.delayedExecutor(LOOK_AFTER_MILLIS, TimeUnit.MILLISECONDS)
          .execute(this::look);
    }
  }

  private synchronized void look() {
    Map<Integer, SparkWatermarks> watermarks = GlobalWatermarkHolder.get(intervalMillis);
    if (allKnowMillis == Long.MAX_VALUE
        && watermarks.size() == sources
        && watermarks.values().stream()
            .noneMatch(w -> w.getLowWatermark().isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE))) {
      allKnowMillis = System.currentTimeMillis() + oldWatermarksMillis;
    }
  }

  /** Each time that it has doubled. */
  private void warnIfBehind(JavaBatchInfo info) {
    long behind = info.schedulingDelay();
    if (behind > Math.max(warnedAtMillis, 5 * intervalMillis)) {
      warnedAtMillis = 2 * behind;
      LOG.warn(
          "Spark is {} s behind with its micro-batches of {} s: give it more cores, a smaller"
              + " --readTimePercentage or a longer --batchIntervalMillis",
          behind / 1_000,
          intervalMillis / 1e3);
    }
  }
}
