package coarsen.pipeline.batch;

import coarsen.records.Payload;
import coarsen.records.RejectReason;
import coarsen.records.Series;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.jspecify.annotations.Nullable;

/** Writes a {@link ReadingBatch} column by column. */
public final class ReadingBatchCoder extends CustomCoder<ReadingBatch> {
  private static final long serialVersionUID = 1L;
  private static final VarIntCoder INTS = VarIntCoder.of();
  private static final VarLongCoder OFFSETS = VarLongCoder.of();
  private static final BigEndianLongCoder TIMES = BigEndianLongCoder.of();
  private static final DoubleCoder VALUES = DoubleCoder.of();
  private static final SeriesCoder SERIES = new SeriesCoder();
  private static final BooleanCoder FLAGS = BooleanCoder.of();
  private static final NullableCoder<String> HASHES = NullableCoder.of(StringUtf8Coder.of());

  /** The coder; it has no settings. */
  public static ReadingBatchCoder of() {
    return new ReadingBatchCoder();
  }

  @Override
  public void encode(ReadingBatch batch, OutputStream out) throws IOException {
    INTS.encode(batch.partition(), out);
    TIMES.encode(batch.maxEventTimeBefore(), out);
    TIMES.encode(batch.seenMaxBefore(), out);
    INTS.encode(batch.size(), out);
    FLAGS.encode(batch.hasIndexes(), out);
    for (int i = 0; i < batch.size(); i++) {
      TIMES.encode(batch.tsMicros(i), out);
      VALUES.encode(batch.value(i), out);
      OFFSETS.encode(batch.offset(i), out);
      FLAGS.encode(batch.late(i), out);
      if (batch.hasIndexes()) {
        INTS.encode(batch.index(i), out);
      }
    }
    encode(batch.series(), out);
    INTS.encode(batch.repeatedTimes(), out);
    INTS.encode(batch.rejects().size(), out);
    for (RejectedMessage reject : batch.rejects()) {
      OFFSETS.encode(reject.offset(), out);
      INTS.encode(reject.index(), out);
      StringUtf8Coder.of().encode(reject.reason().name(), out);
      StringUtf8Coder.of().encode(reject.detail(), out);
      encode(reject.payload(), out);
    }
  }

  @Override
  public ReadingBatch decode(InputStream in) throws IOException {
    int partition = INTS.decode(in);
    long maxEventTimeBefore = TIMES.decode(in);
    long seenMaxBefore = TIMES.decode(in);
    int size = INTS.decode(in);
    boolean hasIndexes = FLAGS.decode(in);
    var batch = new ReadingBatch.Builder(partition, maxEventTimeBefore, size);
    batch.seenMaxBefore(seenMaxBefore);
    for (int i = 0; i < size; i++) {
      long ts = TIMES.decode(in);
      double value = VALUES.decode(in);
      long offset = OFFSETS.decode(in);
      boolean isLate = FLAGS.decode(in);
      batch.add(ts, value, offset, hasIndexes ? INTS.decode(in) : 0, isLate);
    }
    decodeSeries(size, batch, in);
    batch.addRepeatedTimes(INTS.decode(in));
    for (int rejects = INTS.decode(in); rejects > 0; rejects--) {
      batch.reject(
          new RejectedMessage(
              OFFSETS.decode(in),
              INTS.decode(in),
              RejectReason.valueOf(StringUtf8Coder.of().decode(in)),
              StringUtf8Coder.of().decode(in),
              decodePayload(in)));
    }
    return batch.build();
  }

  private static void encode(@Nullable SeriesColumn series, OutputStream out) throws IOException {
    FLAGS.encode(series != null, out);
    if (series == null) {
      return;
    }
    INTS.encode(series.distinct(), out);
    for (int id = 0; id < series.distinct(); id++) {
      SERIES.encode(series.series(id), out);
    }
    for (int i = 0; i < series.size(); i++) {
      INTS.encode(series.id(i), out);
    }
  }

  private static void decodeSeries(int size, ReadingBatch.Builder batch, InputStream in)
      throws IOException {
    if (!FLAGS.decode(in)) {
      return;
    }
    var distinct = new Series[INTS.decode(in)];
    for (int id = 0; id < distinct.length; id++) {
      distinct[id] = SERIES.decode(in);
    }
    for (int i = 0; i < size; i++) {
      batch.series(distinct[INTS.decode(in)]);
    }
  }

  private static void encode(@Nullable Payload payload, OutputStream out) throws IOException {
    FLAGS.encode(payload != null, out);
    if (payload != null) {
      ByteArrayCoder.of().encode(payload.bytes(), out);
      INTS.encode(payload.fullLength(), out);
      HASHES.encode(payload.sha256(), out);
    }
  }

  private static @Nullable Payload decodePayload(InputStream in) throws IOException {
    return FLAGS.decode(in)
        ? new Payload(ByteArrayCoder.of().decode(in), INTS.decode(in), HASHES.decode(in))
        : null;
  }
}
