package coarsen.pipeline.read;

import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClocks;
import java.io.Serializable;

/**
 * What one run reads, and how.
 *
 * @param jobId names the run uniquely; by it readers, deserializers and policies find their clocks
 * @param source what to read
 * @param format how messages are to be understood
 * @param rules the rules of event time
 * @param maxBatch readings in a batch at most
 * @param grouping how partitions become sources of the engine
 */
public record ReadPlan(
    String jobId,
    SourceTopic source,
    InputFormat format,
    EventTimeRules rules,
    int maxBatch,
    PartitionGrouping grouping)
    implements Serializable {

  /** The clocks of the run in this JVM. */
  public PartitionClocks clocks(RunScope scope) {
    return scope.part(
        PartitionClocks.class,
        () ->
            new PartitionClocks(
                rules,
                source.startOffsets(),
                source.endOffsets(),
                grouping == PartitionGrouping.IN_STEP,
                System::nanoTime));
  }

  /** The clocks of the run in this JVM, for readers, whose consumer keeps the scope open. */
  PartitionClocks clocks() {
    return clocks(RunScope.of(jobId));
  }
}
