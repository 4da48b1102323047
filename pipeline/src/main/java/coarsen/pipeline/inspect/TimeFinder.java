package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.read.TrialRead;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.records.EventTime;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Finds the fields that could be the event time, and how a run would have to read them: by reading
 * them as a run does, in all ways. A time must be in 1990 or later and at most a year from now; of
 * several ways the one whose times lie nearest to the Kafka timestamps is taken.
 */
final class TimeFinder {
  private static final int CELLS = 50;
  private static final int MANY = 10;
  private static final int MAX_TEXT = 64;
  private static final long EARLIEST = EventTime.parse("1990-01-01T00:00:00Z");
  private static final long YEAR = TimeUnit.DAYS.toMicros(365);

  /** So near must be a number whose field's name does not speak of a time. */
  private static final long NEAR = TimeUnit.DAYS.toMicros(1);

  private static final int RANKS = 10;

  private final FormatChoice given;
  private final String defaultUnit;
  private final InstantSource now;

  /**
   * @param given the options that were given; none of them is changed
   */
  TimeFinder(FormatChoice given, InstantSource now) {
    // Values are read in a document of their own, with the default names.
    defaultUnit = given.defaultUnit();
    this.given =
        given
            .without(FormatChoice.FORMAT)
            .without(FormatChoice.READINGS_FIELD)
            .without(FormatChoice.TIMESTAMP_FIELD)
            .without(FormatChoice.VALUE_FIELD)
            .without(FormatChoice.SERIES_FIELD)
            .without(FormatChoice.MISSING_SERIES)
            .without(FormatChoice.MAX_SERIES);
    this.now = now;
  }

  /** The fields that could be the event time, the most likely first. */
  List<TimeField> find(FieldTable table) {
    List<TimeField> found = new ArrayList<>();
    for (FieldColumn column : table.columns()) {
      find(column, table.share(column)).ifPresent(found::add);
    }
    found.sort(
        Comparator.comparingInt(TimeField::rank).thenComparingLong(TimeField::distanceMicros));
    return found;
  }

  private Optional<TimeField> find(FieldColumn column, double share) {
    List<FieldColumn.Cell> cells =
        column.some(CELLS).stream()
            .filter(cell -> cell.kind() == FieldKind.NUMBER || cell.kind() == FieldKind.TEXT)
            .filter(cell -> cell.text().length() <= MAX_TEXT)
            .toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    FieldWords words = FieldWords.of(column.name());
    int rank =
        words.timeRank()
            + (share >= 0.9 ? 0 : share >= 0.5 ? RANKS : 2 * RANKS)
            + (column.isConstant(MANY) ? 3 * RANKS : 0);
    TimeField nearest = null;
    for (TimeShape shape : TimeShape.of(cells.get(0), given)) {
      Optional<Long> distance =
          distance(cells, given.with(shape.options(FormatChoice.DEFAULT_UNIT)));
      if (distance.isPresent() && (nearest == null || distance.get() < nearest.distanceMicros())) {
        nearest =
            new TimeField(
                column.name(), shape.options(defaultUnit), shape.text(), rank, distance.get());
        if (shape.leavesNoDoubt()) {
          break;
        }
      }
    }
    boolean isNumber = cells.get(0).text().matches("-?[\\d.eE+]+");
    return Optional.ofNullable(nearest)
        .filter(
            time ->
                words.isTime()
                    || !isNumber
                    || (time.distanceMicros() <= NEAR && !column.isConstant(2)));
  }

  /**
   * The median distance of event times from the Kafka timestamps; empty unless most of the values
   * are times that can be true.
   */
  private Optional<Long> distance(List<FieldColumn.Cell> cells, FormatChoice choice) {
    ReadingBatch batch = readAll(cells, choice);
    long nowMicros = EventTime.ofInstant(now.instant());
    long[] distances =
        LongStream.range(0, batch.size())
            .mapToInt(Math::toIntExact)
            .filter(i -> batch.tsMicros(i) >= EARLIEST && batch.tsMicros(i) <= nowMicros + YEAR)
            .mapToLong(
                i -> Math.abs(batch.tsMicros(i) - reference(cells, batch.offset(i), nowMicros)))
            .sorted()
            .toArray();
    if (distances.length * 10 < cells.size() * 8) {
      return Optional.empty();
    }
    return Optional.of(distances[distances.length / 2]);
  }

  private static long reference(List<FieldColumn.Cell> cells, long offset, long nowMicros) {
    long millis = cells.get(Math.toIntExact(offset)).kafkaMillis();
    return EventTimeRules.isPlausible(millis, nowMicros) ? millis * 1_000 : nowMicros;
  }

  /** Each value as the time of a message of its own, whose offset is its index. */
  private ReadingBatch readAll(List<FieldColumn.Cell> cells, FormatChoice choice) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (FieldColumn.Cell cell : cells) {
      String token =
          cell.isNumber()
              ? cell.text()
              : "\""
                  + new String(JsonStringEncoder.getInstance().quoteAsString(cell.text()))
                  + "\"";
      byte[] message = ("{\"ts\":" + token + ",\"value\":0}").getBytes(UTF_8);
      messages.add(
          new ConsumerRecord<>(
              "trial",
              0,
              messages.size(),
              cell.kafkaMillis(),
              TimestampType.CREATE_TIME,
              0,
              message.length,
              null,
              message,
              new RecordHeaders(),
              Optional.empty()));
    }
    var records = new TreeMap<Integer, List<ConsumerRecord<byte[], byte[]>>>();
    records.put(0, messages);
    return TrialRead.read(
            records, choice.format(), EventTimeRules.DEFAULT.withMaxFutureSkew(null), now)
        .get(0);
  }
}
