package coarsen.pipeline.write;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.batch.SeriesColumn;
import coarsen.records.JsonBytes;
import coarsen.records.MessageId;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import org.jspecify.annotations.Nullable;

/** The contract's rows: one JSON object each. */
public record JsonRows() implements RowFormat {
  @Override
  public void raw(ReadingBatch batch, int i, int run, JsonBytes to) {
    Reading.write(
        to,
        batch.tsMicros(i),
        batch.value(i),
        series(batch, i),
        batch.partition(),
        batch.offset(i),
        batch.index(i),
        run,
        batch.late(i));
  }

  private static @Nullable Series series(ReadingBatch batch, int i) {
    SeriesColumn series = batch.series();
    return series == null ? null : series.of(i);
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
