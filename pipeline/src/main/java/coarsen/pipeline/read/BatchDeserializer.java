package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Deserializer;

/** Turns a frame into a batch. */
final class BatchDeserializer implements Deserializer<ReadingBatch> {
  private final BatchParser parser;

  BatchDeserializer(ReadPlan plan, InstantSource now) {
    parser = new BatchParser(plan, now);
  }

  @Override
  public ReadingBatch deserialize(String topic, byte[] bytes) {
    return parser.parse(BatchFrame.open(bytes));
  }
}
