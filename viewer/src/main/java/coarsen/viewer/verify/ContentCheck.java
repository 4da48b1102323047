package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares what the messages of the source say with the outputs: which are readings and which are
 * not, why not, and which bytes a rejected row holds. Event times and values are left for the raw
 * rows to be compared with.
 */
final class ContentCheck {
  /** How far a Kafka timestamp may be from now for a run to have believed it, with room. */
  private static final long BELIEVED_MILLIS = Duration.ofDays(300).toMillis();

  private final MessageReader reader;
  private final boolean mayHoldNothing;
  private final boolean hasSeries;
  private final ReadingNames raw;
  private final RejectedCheck rejected;
  private final ReadingContents contents;
  private final long windowMicros;
  private final long maxFutureSkew;
  private final long nowMillis;
  private final Consumer<String> differences;

  ContentCheck(
      MessageFormat format,
      RawCheck raw,
      RejectedCheck rejected,
      long windowMicros,
      long maxFutureSkew,
      long nowMillis,
      Consumer<String> differences) {
    reader = format.reader();
    mayHoldNothing = format.mayHoldNothing();
    hasSeries = format.series() != null;
    this.raw = raw.readings();
    this.rejected = rejected;
    this.contents = raw.contents();
    this.windowMicros = windowMicros;
    this.maxFutureSkew = maxFutureSkew;
    this.nowMillis = nowMillis;
    this.differences = differences;
  }

  /**
   * Compares a message with its rows.
   *
   * @return whether it needs no row, for it holds no reading, nor what should be one
   */
  boolean holdsNothing(SourceMessage message) {
    int partition = message.partition();
    long offset = message.offset();
    boolean isRejected = rejected.names().containsMessage(partition, offset);
    boolean hasRow = isRejected || raw.containsMessage(partition, offset);
    if (!hasRow && !mayHoldNothing) {
      return false;
    }
    ReadMessage read = reader.read(message, nowMillis);
    if (hasRow) {
      compare(message, read, isRejected);
    }
    return read.parts().isEmpty();
  }

  private void compare(SourceMessage message, ReadMessage read, boolean isRejected) {
    for (ReadPart part : read.parts()) {
      check(message, part, read.certain(), isRejected);
    }
    if (read.certain()) {
      checkOthers(message, read.parts());
    }
    if (isRejected) {
      checkPayloads(message);
    }
  }

  private void check(
      SourceMessage message, ReadPart part, boolean mustBeThere, boolean isRejected) {
    boolean isRaw = raw.contains(message.partition(), message.offset(), part.index());
    List<RejectedRow> rows =
        isRejected ? rejected.rows(message.partition(), message.offset(), part.index()) : List.of();
    if (!isRaw && rows.isEmpty() && mustBeThere) {
      differs(message, part.index(), "expected in raw or rejected, found in neither");
    } else if (isRaw && part.isReading()) {
      contents.add(
          message.partition(),
          message.offset(),
          part.index(),
          part.tsMicros(),
          part.value(),
          part.series());
      if (isFromTheFuture(message, part) && nowMillis - message.kafkaMillis() < BELIEVED_MILLIS) {
        differs(message, part.index(), "expected in rejected as FROM_THE_FUTURE, found in raw");
      }
    } else if (isRaw && part.certain()) {
      differs(message, part.index(), "expected in rejected as " + reasons(part) + ", found in raw");
    }
    for (RejectedRow row : rows) {
      if (part.certain() && !mayBe(row.reason(), message, part)) {
        differs(
            message,
            part.index(),
            part.isReading()
                ? "expected in raw as %s %s, found in rejected as %s"
                    .formatted(EventTime.format(part.tsMicros()), part.value(), row.reason())
                : "expected " + reasons(part) + ", found " + row.reason());
      }
    }
  }

  /** Rows of what the message does not have. */
  private void checkOthers(SourceMessage message, List<ReadPart> parts) {
    int partition = message.partition();
    boolean isPlain =
        parts.size() == 1
            && parts.get(0).index() == 0
            && raw.isPlain(partition)
            && rejected.names().isPlain(partition);
    if (isPlain) {
      return;
    }
    BitSet others = raw.indexes(partition, message.offset());
    others.or(rejected.names().indexes(partition, message.offset()));
    parts.forEach(part -> others.clear(part.index()));
    others.stream()
        .forEach(
            index ->
                differs(
                    message,
                    index,
                    "expected no row, for the message has no such reading, found one"));
  }

  /** Of what a run rejected of a message, the first has its bytes. */
  private void checkPayloads(SourceMessage message) {
    Set<Integer> runs = new HashSet<>(2);
    rejected.names().indexes(message.partition(), message.offset()).stream()
        .forEach(
            index -> {
              for (RejectedRow row : rejected.rows(message.partition(), message.offset(), index)) {
                boolean isFirst = runs.add(row.run());
                if (!row.holds(isFirst ? message.value() : null)) {
                  differs(
                      message,
                      index,
                      isFirst
                          ? "expected the message's bytes in its rejected row, found others"
                          : "expected no bytes, for an earlier rejected row of the message has"
                              + " them, found some");
                }
              }
            });
  }

  private boolean mayBe(RejectReason found, SourceMessage message, ReadPart read) {
    if (!read.isReading()) {
      return read.faults().contains(found);
    }
    return switch (found) {
      // A clock ahead of ours, or a timestamp that no run believes, leaves it open.
      case FROM_THE_FUTURE ->
          isFromTheFuture(message, read)
              || (maxFutureSkew < Rules.ANY_SKEW && !message.hasPossibleTime(nowMillis));
      case OUT_OF_RANGE -> !isWritable(read.tsMicros());
      // How many series a partition had is not known here.
      case TOO_MANY_SERIES -> hasSeries;
      default -> false;
    };
  }

  private boolean isFromTheFuture(SourceMessage message, ReadPart read) {
    return message.hasPossibleTime(nowMillis)
        && read.tsMicros() > message.kafkaMicros() + maxFutureSkew;
  }

  /** Whether both ends of the window can be written. */
  private boolean isWritable(long tsMicros) {
    long start = EventTime.windowStart(tsMicros, windowMicros);
    return start >= EventTime.MIN_MICROS && start + windowMicros <= EventTime.MAX_MICROS;
  }

  private static String reasons(ReadPart read) {
    return String.join(" or ", read.faults().stream().map(Enum::name).toList());
  }

  private void differs(SourceMessage message, int index, String what) {
    differences.accept(
        "reading %s: %s"
            .formatted(ReadingNames.text(message.partition(), message.offset(), index), what));
  }
}
