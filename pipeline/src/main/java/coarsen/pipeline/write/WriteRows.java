package coarsen.pipeline.write;

import coarsen.outputs.Location;
import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.MessageId;
import coarsen.records.Reading;
import coarsen.records.Rejected;
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

  private final Output output;
  private final Encoder<T> encoder;

  private WriteRows(Output output, Encoder<T> encoder) {
    this.output = output;
    this.encoder = encoder;
  }

  /** One row for each reading. */
  public static WriteRows<ReadingBatch> raw(Output output) {
    int run = output.run();
    return new WriteRows<>(
        output,
        (batch, rows) -> {
          int partition = batch.partition();
          for (int i = 0; i < batch.size(); i++) {
            long offset = batch.offset(i);
            Reading.write(
                rows.json(),
                batch.tsMicros(i),
                batch.value(i),
                partition,
                offset,
                run,
                batch.late(i));
            rows.end(partition, () -> partition + ":" + offset);
          }
        });
  }

  /** One row for each message that is no reading. */
  public static WriteRows<ReadingBatch> rejected(Output output, String sourceTopic) {
    int run = output.run();
    return new WriteRows<>(
        output,
        (batch, rows) -> {
          int partition = batch.partition();
          for (ReadingBatch.Reject reject : batch.rejects()) {
            new Rejected(
                    reject.reason(),
                    reject.detail(),
                    new MessageId(sourceTopic, partition, reject.offset()),
                    run,
                    reject.payload())
                .write(rows.json());
            rows.end(partition, () -> partition + ":" + reject.offset());
          }
        });
  }

  /** One row for each pane of a window. */
  public static WriteRows<WindowSummary> reduced(Output output) {
    return new WriteRows<>(
        output,
        (row, rows) -> {
          row.write(rows.json());
          rows.end(-1, row::key);
        });
  }

  /**
   * Writes out what this JVM has kept back for a run's outputs, and closes them.
   *
   * @throws RuntimeException if rows could not be written
   */
  public static void close(List<Output> outputs) {
    outputs.forEach(RowSinks::close);
  }

  @Override
  public PDone expand(PCollection<T> elements) {
    elements.apply("Rows", ParDo.of(new Write<>(output, encoder)));
    return PDone.in(elements.getPipeline());
  }

  private static final class Write<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;
    private final Output output;
    private final Encoder<T> encoder;
    private transient RowBuffer rows;
    private transient RowSink sink;

    Write(Output output, Encoder<T> encoder) {
      this.output = output;
      this.encoder = encoder;
    }

    @Setup
    public void setup() {
      rows = new RowBuffer(output.location() instanceof Location.Topic);
      sink = RowSinks.use(output);
    }

    @ProcessElement
    public void process(@Element T element) {
      rows.clear();
      encoder.encode(element, rows);
      if (rows.count() > 0) {
        sink.write(rows);
      }
    }

    @FinishBundle
    public void finishBundle() {
      sink.endBundle();
    }

    @Teardown
    public void teardown() {
      RowSinks.release(output);
    }
  }
}
