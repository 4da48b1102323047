package coarsen.spark;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerUnpersistRDD;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.RDDInfo;
import scala.collection.JavaConverters;

/**
 * Detects that Spark has lost readings. Spark keeps what a micro-batch has read only in the
 * executors' memory. It recomputes a missing block, but by then the readers have moved past its
 * offsets: the readings are lost, and Spark does not report it. This happens when an executor is
 * lost, and when a block does not fit in memory or is evicted for another.
 */
final class LossGuard extends SparkListener {
  private static final int MAX_UNPERSISTED = 10_000;

  private final CompletableFuture<String> loss = new CompletableFuture<>();
  private final Map<Integer, BitSet> stored = new HashMap<>();

  /** The latest RDDs that Spark no longer needs; stages planned earlier still name them. */
  private final Set<Integer> unpersisted =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
              return size() > MAX_UNPERSISTED;
            }
          });

  /** Completes with a message for the user if readings are lost. */
  CompletableFuture<String> loss() {
    return loss;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    loss.complete(
        "Spark lost executor %s (%s), and with it the readings in its memory"
            .formatted(removed.executorId(), removed.reason()));
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated updated) {
    var info = updated.blockUpdatedInfo();
    if (!(info.blockId() instanceof RDDBlockId block) || unpersisted.contains(block.rddId())) {
      return;
    }
    BitSet splits = stored.computeIfAbsent(block.rddId(), id -> new BitSet());
    if (info.storageLevel().isValid()) {
      splits.set(block.splitIndex());
    } else if (splits.get(block.splitIndex())) { // Else its task has failed, and ends the run.
      reportOutOfMemory("executor " + info.blockManagerId().executorId() + " dropped " + block);
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    var stage = completed.stageInfo();
    if (stage.failureReason().isDefined()) {
      return;
    }
    for (RDDInfo rdd : JavaConverters.seqAsJavaList(stage.rddInfos())) {
      if (rdd.storageLevel().useMemory() && !unpersisted.contains(rdd.id())) {
        int missing =
            rdd.numPartitions() - stored.getOrDefault(rdd.id(), new BitSet()).cardinality();
        if (missing > 0) {
          reportOutOfMemory(
              String.format(
                  Locale.ROOT,
                  "%d of the %d blocks of RDD %d (%s) did not fit",
                  missing,
                  rdd.numPartitions(),
                  rdd.id(),
                  rdd.name()));
        }
      }
    }
  }

  @Override
  public void onUnpersistRDD(SparkListenerUnpersistRDD event) {
    stored.remove(event.rddId());
    unpersisted.add(event.rddId());
  }

  private void reportOutOfMemory(String what) {
    loss.complete(
        "the memory of Spark's executors is too small: "
            + what
            + "; give them more (spark.executor.memory), or use a smaller --maxRecordsPerBatch");
  }
}
