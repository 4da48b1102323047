package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.time.Duration;
import java.util.List;
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
  private final ReadingNames raw;
  private final RejectedCheck rejected;
  private final ReadingContents contents;
  private final long windowMicros;
  private final long maxFutureSkew;
  private final long nowMillis;
  private final Consumer<String> differences;

  ContentCheck(
      MessageReader reader,
      RawCheck raw,
      RejectedCheck rejected,
      long windowMicros,
      long maxFutureSkew,
      long nowMillis,
      Consumer<String> differences) {
    this.reader = reader;
    this.raw = raw.readings();
    this.rejected = rejected;
    this.contents = raw.contents();
    this.windowMicros = windowMicros;
    this.maxFutureSkew = maxFutureSkew;
    this.nowMillis = nowMillis;
    this.differences = differences;
  }

  void message(SourceMessage message) {
    boolean isRaw = raw.contains(message.partition(), message.offset());
    List<RejectedRow> rows = rejected.rows(message.partition(), message.offset());
    if (!isRaw && rows.isEmpty()) {
      return;
    }
    ReadMessage read = reader.read(message, nowMillis);
    if (isRaw && read.isReading()) {
      contents.add(message.partition(), message.offset(), read.tsMicros(), read.value());
      if (isFromTheFuture(message, read) && nowMillis - message.kafkaMillis() < BELIEVED_MILLIS) {
        differs(message, "expected in rejected as FROM_THE_FUTURE, found in raw");
      }
    } else if (isRaw && read.certain()) {
      differs(message, "expected in rejected as " + reasons(read) + ", found in raw");
    }
    for (RejectedRow row : rows) {
      if (!row.holds(message.value())) {
        differs(message, "expected the message's bytes in its rejected row, found others");
      }
      if (read.certain() && !mayBe(row.reason(), message, read)) {
        differs(
            message,
            read.isReading()
                ? "expected in raw as %s %s, found in rejected as %s"
                    .formatted(EventTime.format(read.tsMicros()), read.value(), row.reason())
                : "expected " + reasons(read) + ", found " + row.reason());
      }
    }
  }

  private boolean mayBe(RejectReason found, SourceMessage message, ReadMessage read) {
    if (!read.isReading()) {
      return read.faults().contains(found);
    }
    return switch (found) {
      // A clock ahead of ours, or a timestamp that no run believes, leaves it open.
      case FROM_THE_FUTURE ->
          isFromTheFuture(message, read)
              || (maxFutureSkew < Rules.ANY_SKEW && !message.hasPossibleTime(nowMillis));
      case OUT_OF_RANGE -> !isWritable(read.tsMicros());
      default -> false;
    };
  }

  private boolean isFromTheFuture(SourceMessage message, ReadMessage read) {
    return message.hasPossibleTime(nowMillis)
        && read.tsMicros() > message.kafkaMicros() + maxFutureSkew;
  }

  /** Whether both ends of the window can be written. */
  private boolean isWritable(long tsMicros) {
    long start = EventTime.windowStart(tsMicros, windowMicros);
    return start >= EventTime.MIN_MICROS && start + windowMicros <= EventTime.MAX_MICROS;
  }

  private static String reasons(ReadMessage read) {
    return String.join(" or ", read.faults().stream().map(Enum::name).toList());
  }

  private void differs(SourceMessage message, String what) {
    differences.accept("reading %d:%d: %s".formatted(message.partition(), message.offset(), what));
  }
}
