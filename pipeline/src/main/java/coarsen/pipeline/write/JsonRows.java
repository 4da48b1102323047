package coarsen.pipeline.write;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.records.JsonBytes;
import coarsen.records.MessageId;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.WindowSummary;

/** The contract's rows: one JSON object each. */
public record JsonRows() implements RowFormat {
  @Override
  public void raw(ReadingBatch batch, int i, int run, JsonBytes to) {
    Reading.write(
        to,
        batch.tsMicros(i),
        batch.value(i),
        batch.partition(),
        batch.offset(i),
        batch.index(i),
        run,
        batch.late(i));
  }

  @Override
  public void rejected(
      String topic, int partition, RejectedMessage message, int run, JsonBytes to) {
    new Rejected(
            message.reason(),
            message.detail(),
            new MessageId(topic, partition, message.offset()),
            message.index(),
            run,
            message.payload())
        .write(to);
  }

  @Override
  public void reduced(WindowSummary row, JsonBytes to) {
    row.write(to);
  }
}
