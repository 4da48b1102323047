package coarsen.pipeline.write;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.records.JsonBytes;
import coarsen.records.WindowSummary;
import java.io.Serializable;

/**
 * How rows are written, each without an end of line. Engines send formats to their workers; formats
 * that write alike must be equal, because a destination has one sink and is known by its parts.
 */
public interface RowFormat extends Serializable {
  /** Appends reading {@code i} of a batch as a raw row of a run. */
  void raw(ReadingBatch batch, int i, int run, JsonBytes to);

  /**
   * Appends a message that is not a reading, a dead letter, as a rejected row of a run.
   *
   * @param topic where it was read
   */
  void rejected(String topic, int partition, RejectedMessage message, int run, JsonBytes to);

  /** Appends a row of a window. */
  void reduced(WindowSummary row, JsonBytes to);
}
