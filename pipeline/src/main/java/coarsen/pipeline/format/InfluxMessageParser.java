package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a message of line protocol, as {@link InfluxLines} finds them. The fields of a
 * line become readings once all of it is good; a fault rejects the line as a whole.
 *
 * <p>Indexes count all fields of good lines, whatever they hold, and bad lines as one each. A field
 * or bad line whose index would be {@link ParsedMessage#MAX_READINGS} makes the message too large,
 * even where its line would have turned out bad.
 *
 * <p>Of the faults of a line, one of syntax comes first, then a name that appears twice, then the
 * timestamp, then the labels. A number of over 64 characters, or beyond the doubles, rejects that
 * reading alone.
 */
final class InfluxMessageParser implements MessageParser {
  /** In place of the number of indexes that a line takes: more than a message has. */
  private static final int TOO_MANY = -1;

  private final ParsedMessage parsed = new ParsedMessage();
  private final InfluxLines lines = new InfluxLines();
  private final TimeUnit unit;
  private final boolean numbersInStrings;

  /** The names of the fields that are readings, as they are sent; null for all. */
  private final @Nullable KeySet chosen;

  /** Null where readings have no series. */
  private final @Nullable InfluxLabels labels;

  private byte[] bytes = {};
  private long kafkaMillis;

  // Of the line that is being read.
  private final KeySet keys = new KeySet();
  private int notNumbers;
  private int notChosen;
  private long timestamp;
  private @Nullable RejectReason reason;
  private String detail = "";

  InfluxMessageParser(InfluxFormat format) {
    unit = format.timestampUnit();
    numbersInStrings = format.numbersInStrings();
    chosen = format.names().isEmpty() ? null : keySet(format);
    SeriesFields series = format.series();
    labels = series == null ? null : new InfluxLabels(series, format.hasField());
  }

  private static KeySet keySet(InfluxFormat format) {
    var set = new KeySet();
    var text = new StringBuilder();
    format.names().forEach(name -> text.append(name.replaceAll("[, =]", "\\\\$0")).append('\n'));
    byte[] names = text.toString().getBytes(UTF_8);
    set.clear(names);
    for (int start = 0, end = 0; end < names.length; end++) {
      if (names[end] == '\n') {
        set.add(start, end, KeySet.hash(names, start, end));
        start = end + 1;
      }
    }
    return set;
  }

  @Override
  public ParsedMessage parse(Message message) {
    parsed.clear();
    if (message.length() > ParsedMessage.MAX_BYTES) {
      return parsed.tooLarge(message.length());
    }
    bytes = message.bytes();
    kafkaMillis = message.kafkaMillis();
    lines.open(bytes, message.start(), message.length());
    if (labels != null) {
      labels.open(message);
    }
    boolean hasLine = false;
    for (int index = 0; lines.next(); hasLine = true) {
      int taken = line(index);
      if (taken == TOO_MANY) {
        return parsed.rejected(
            RejectReason.TOO_LARGE,
            "more than " + ParsedMessage.MAX_READINGS + " fields and bad lines");
      }
      index += taken;
    }
    return hasLine
        ? parsed
        : parsed.rejected(RejectReason.NOT_LINE_PROTOCOL, "the message holds no line");
  }

  /** Reads a line, and returns how many indexes it takes. */
  private int line(int index) {
    int first = parsed.size();
    keys.clear(bytes);
    notNumbers = 0;
    notChosen = 0;
    reason = null;
    int fields = 0;
    lines.head();
    for (; lines.field(); fields++) {
      if (index + fields == ParsedMessage.MAX_READINGS) {
        return TOO_MANY;
      }
      field(index + fields, fields + 1);
    }
    if (!lines.tail()) {
      reason = RejectReason.NOT_LINE_PROTOCOL;
      detail = looksLikeJson() ? "looks like JSON; --format=json reads it" : lines.fault();
    } else if (reason == null) {
      readTimestamp();
      readLabels();
    }
    RejectReason why = reason;
    if (why == null) {
      parsed.count(notNumbers, notChosen);
      parsed.setTime(first, timestamp, lines.timestampStart() == lines.timestampEnd());
      if (labels != null) {
        labels.name(parsed, first, lines);
      }
      return fields;
    }
    if (index == ParsedMessage.MAX_READINGS) {
      return TOO_MANY;
    }
    parsed.truncate(first);
    parsed.rejected(index, why, "line " + lines.lineNumber() + ": " + detail);
    return 1;
  }

  private boolean looksLikeJson() {
    byte first = bytes[lines.start()];
    return first == '{' || first == '[';
  }

  /**
   * @param place of the field in its line, from 1
   */
  private void field(int index, int place) {
    long hash = KeySet.hash(bytes, lines.keyStart(), lines.keyEnd());
    if (!keys.add(lines.keyStart(), lines.keyEnd(), hash)) {
      reject(RejectReason.DUPLICATE_FIELD, "field " + place + " has the name of one before it");
    }
    KeySet names = chosen;
    boolean isChosen =
        names == null || names.contains(bytes, lines.keyStart(), lines.keyEnd(), hash);
    boolean isNumber =
        lines.kind() == InfluxLines.Kind.NUMBER
            || (isChosen
                && numbersInStrings
                && lines.kind() == InfluxLines.Kind.STRING
                && isNumberInString());
    if (!isNumber) {
      notNumbers++;
    } else if (!isChosen) {
      notChosen++;
    } else {
      number(index, place);
    }
  }

  private void number(int index, int place) {
    boolean isLong = lines.valueEnd() - lines.valueStart() > JsonMessageParser.MAX_NUMBER;
    double value = isLong ? 0 : lines.number().value();
    if (isLong) {
      rejectField(
          index,
          place,
          RejectReason.TOO_LARGE,
          "is a number of over " + JsonMessageParser.MAX_NUMBER + " characters");
    } else if (!Double.isFinite(value)) {
      rejectField(index, place, RejectReason.NOT_FINITE, "is beyond the range of a double");
    } else if (labels != null && labels.isTooLong(lines)) {
      rejectField(
          index,
          place,
          RejectReason.BAD_LABEL,
          "has a name of over " + Labels.MAX_LENGTH + " characters");
    } else {
      if (labels != null) {
        labels.field(parsed.size(), lines);
      }
      parsed.reading(index, 0, value, false, false);
    }
  }

  private void rejectField(int index, int place, RejectReason why, String what) {
    parsed.rejected(index, why, "line " + lines.lineNumber() + ": field " + place + " " + what);
  }

  /** Whether the field's string is a number as JSON has it, which is then the line's number. */
  private boolean isNumberInString() {
    int start = lines.valueStart();
    var text = new String(bytes, start, lines.valueEnd() - start, ISO_8859_1);
    return JsonValueReader.NUMBER.matcher(text).matches()
        && lines.number().read(bytes, start, lines.valueEnd());
  }

  /** Reads the line's timestamp, or takes the message's. */
  private void readTimestamp() {
    int start = lines.timestampStart();
    InfluxNumber number = lines.number();
    if (start == lines.timestampEnd()) {
      if (kafkaMillis <= 0 || kafkaMillis > EventTime.MAX_MICROS / 1_000) {
        reject(
            RejectReason.BAD_TIMESTAMP,
            "it has no timestamp, and the message has no Kafka timestamp that can be true");
      }
      timestamp = kafkaMillis * 1_000;
    } else if (!number.read(bytes, start, lines.timestampEnd()) || !number.isPlainInteger()) {
      reject(
          RejectReason.BAD_TIMESTAMP,
          "its timestamp is not an integer; expected one in --timestampUnit");
    } else if (number.isBeyond64Bits()) {
      reject(RejectReason.OUT_OF_RANGE, "its timestamp is beyond 64 bits");
    } else {
      timestamp =
          unit == TimeUnit.NANOSECONDS
              ? Math.floorDiv(number.integer(), 1_000L)
              : unit.toMicros(number.integer());
      if (timestamp < EventTime.MIN_MICROS || timestamp > EventTime.MAX_MICROS) {
        reject(RejectReason.OUT_OF_RANGE, "its timestamp is not in years 1 to 9999");
      }
    }
  }

  private void readLabels() {
    RejectReason unlabeled = labels == null ? null : labels.read(lines);
    if (labels != null && unlabeled != null) {
      reject(unlabeled, labels.detail());
    }
  }

  /** The first fault of a line gives the reason. */
  private void reject(RejectReason why, String what) {
    if (reason == null) {
      reason = why;
      detail = what;
    }
  }
}
