package coarsen.pipeline.write;

import coarsen.outputs.Location;
import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.RunScope;
import coarsen.records.WindowSummary;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes rows to a folder or a topic, whole elements at a time and without any window, so that no
 * row is dropped for being late. A row may be written twice when an engine tries again; (partition,
 * offset) names a raw or rejected row, (window, run, revision) a reduced one.
 */
public final class WriteRows<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  /** Writes the rows that an element stands for. */
  private interface Encoder<T> extends Serializable {
    void encode(T element, RowBuffer rows);
  }

  private final Destination destination;
  private final Encoder<T> encoder;

  private WriteRows(Destination destination, Encoder<T> encoder) {
    this.destination = destination;
    this.encoder = encoder;
  }

  /** One row for each reading. */
  public static WriteRows<ReadingBatch> raw(Destination destination) {
    RowFormat format = destination.format();
    int run = destination.run().number();
    return new WriteRows<>(
        destination,
        (batch, rows) -> {
          int partition = batch.partition();
          for (int i = 0; i < batch.size(); i++) {
            format.raw(batch, i, run, rows.text());
            long offset = batch.offset(i);
            int index = batch.index(i);
            rows.end(partition, () -> key(partition, offset, index));
          }
        });
  }

  /** One row for each message, or part of one, that is not a reading: the dead letters. */
  public static WriteRows<ReadingBatch> rejected(Destination destination, String sourceTopic) {
    RowFormat format = destination.format();
    int run = destination.run().number();
    return new WriteRows<>(
        destination,
        (batch, rows) -> {
          int partition = batch.partition();
          for (RejectedMessage message : batch.rejects()) {
            format.rejected(sourceTopic, partition, message, run, rows.text());
            rows.end(partition, () -> key(partition, message.offset(), message.index()));
          }
        });
  }

  /** Rows of panes of windows. */
  public static WriteRows<List<WindowSummary>> reduced(Destination destination) {
    RowFormat format = destination.format();
    return new WriteRows<>(
        destination,
        (summaries, rows) -> {
          for (WindowSummary row : summaries) {
            format.reduced(row, rows.text());
            rows.end(-1, row::key);
          }
        });
  }

  private static String key(int partition, long offset, int index) {
    return index == 0 ? partition + ":" + offset : partition + ":" + offset + ":" + index;
  }

  @Override
  public PDone expand(PCollection<T> elements) {
    elements.apply("Rows", ParDo.of(new Write<>(destination, encoder)));
    return PDone.in(elements.getPipeline());
  }

  private static final class Write<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;
    private final Destination destination;
    private final Encoder<T> encoder;
    private transient RowBuffer rows;
    private transient RunScope.Lease lease;
    private transient RowSink sink;
    private transient long batches;

    Write(Destination destination, Encoder<T> encoder) {
      this.destination = destination;
      this.encoder = encoder;
    }

    @Setup
    public void setup() {
      rows = new RowBuffer(destination.location() instanceof Location.Topic);
      lease = RunScope.lease(destination.run().job());
      sink = OpenSinks.in(lease.scope()).use(destination);
    }

    @StartBundle
    public void startBundle() {
      batches = 0;
    }

    @ProcessElement
    public void process(@Element T element) {
      batches += element instanceof ReadingBatch ? 1 : 0;
      rows.clear();
      encoder.encode(element, rows);
      if (rows.count() > 0) {
        sink.write(rows);
      }
    }

    @FinishBundle
    public void finishBundle() {
      sink.endBundle();
      Drain.in(lease.scope()).done(destination.kind(), batches);
    }

    @Teardown
    public void teardown() {
      try {
        if (sink != null) { // Else the setup failed.
          OpenSinks.in(lease.scope()).release(destination);
        }
      } finally {
        lease.close();
      }
    }
  }
}
