package coarsen.spark;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import scala.Option;

class LossGuardTest {
  private final LossGuard guard = new LossGuard();

  private void block(int rdd, int split, StorageLevel level) {
    guard.onBlockUpdated(
        new SparkListenerBlockUpdated(
            new BlockUpdatedInfo(
                BlockManagerId.apply("1", "localhost", 1, Option.empty()),
                new RDDBlockId(rdd, split),
                level,
                0,
                0)));
  }

  @Test
  void aBlockThatWasStoredAndIsDroppedIsALoss() {
    block(7, 0, StorageLevel.MEMORY_ONLY());
    assertFalse(guard.loss().isDone());
    block(7, 0, StorageLevel.NONE());
    assertTrue(guard.loss().join().contains("executor 1 dropped rdd_7_0"));
  }

  @Test
  void aBlockThatNoTaskCouldMakeIsNotALossBecauseTheTaskReportsWhy() {
    block(7, 1, StorageLevel.MEMORY_ONLY());
    block(7, 0, StorageLevel.NONE());
    assertFalse(guard.loss().isDone());
  }
}
