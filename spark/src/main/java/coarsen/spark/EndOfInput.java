package coarsen.spark;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
  /** One in which the last timers fire, and one that may have begun before. */
  private static final int MORE_MICRO_BATCHES = 2;

  private static final long WARN_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(EndOfInput.class);

  private final int sources;
  private final long intervalMillis;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private int completedSince;
  private long warnedAtMillis = WARN_MILLIS;

  EndOfInput(int sources, long intervalMillis) {
    this.sources = sources;
    this.intervalMillis = intervalMillis;
  }

  /** Completed when the run may end. */
  CompletableFuture<Void> reached() {
    return reached;
  }

  @Override
  public void onBatchCompleted(JavaStreamingListenerBatchCompleted completed) {
    warnIfBehind(completed.batchInfo());
    if (completedSince > 0 || isRead(GlobalWatermarkHolder.get(intervalMillis))) {
      completedSince++;
    }
    if (completedSince > MORE_MICRO_BATCHES) {
      reached.complete(null);
    }
  }

  private boolean isRead(Map<Integer, SparkWatermarks> watermarks) {
    return watermarks.size() == sources
        && watermarks.values().stream()
            .noneMatch(w -> w.getLowWatermark().isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE));
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
