package coarsen.spark;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * Tells when Spark has lost readings. It holds what a micro-batch has read in the executors' memory
 * alone. Whatever is missing there it computes again, but the readers have gone on by then: the
 * readings are gone, and Spark says nothing. That happens when an executor is lost, and when there
 * is no room for a block or it has to make room for another.
 */
final class LossGuard extends SparkListener {
  private static final int REMEMBERED = 10_000;

  private final CompletableFuture<String> loss = new CompletableFuture<>();
  private final Map<Integer, BitSet> stored = new HashMap<>();

  /** RDDs that Spark needs no more; stages that were made before name them still. */
  private final Set<Integer> gone =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** Completed with what happened, for people, if it does. */
  CompletableFuture<String> loss() {
    return loss;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    loss.complete(
        "Spark lost executor %s (%s), and with it what that had read"
            .formatted(removed.executorId(), removed.reason()));
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated updated) {
    var info = updated.blockUpdatedInfo();
    if (!(info.blockId() instanceof RDDBlockId block) || gone.contains(block.rddId())) {
      return;
    }
    if (info.storageLevel().isValid()) {
      stored.computeIfAbsent(block.rddId(), id -> new BitSet()).set(block.splitIndex());
    } else {
      tooLittleMemory("executor " + info.blockManagerId().executorId() + " dropped " + block);
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    var stage = completed.stageInfo();
    if (stage.failureReason().isDefined()) {
      return;
    }
    for (RDDInfo rdd : JavaConverters.seqAsJavaList(stage.rddInfos())) {
      if (rdd.storageLevel().useMemory() && !gone.contains(rdd.id())) {
        int missing =
            rdd.numPartitions() - stored.getOrDefault(rdd.id(), new BitSet()).cardinality();
        if (missing > 0) {
          tooLittleMemory(
              "of the %d blocks of RDD %d (%s) %d found no room"
                  .formatted(rdd.numPartitions(), rdd.id(), rdd.name(), missing));
        }
      }
    }
  }

  @Override
  public void onUnpersistRDD(SparkListenerUnpersistRDD unpersisted) {
    stored.remove(unpersisted.rddId());
    gone.add(unpersisted.rddId());
  }

  private void tooLittleMemory(String what) {
    loss.complete(
        "the memory of Spark's executors is too small: "
            + what
            + "; give them more (spark.executor.memory), or a smaller --maxRecordsPerBatch");
  }
}
