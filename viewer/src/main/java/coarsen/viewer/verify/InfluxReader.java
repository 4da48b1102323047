package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.RejectReason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of Influx line protocol a second time, by other means than the pipeline: as
 * strings, with regular expressions and numbers of any size.
 */
final class InfluxReader implements MessageReader {
  private static final int MAX_PLACES = Reading.MAX_INDEX + 1;
  private static final int MAX_NUMBER = 64;

  /** Integers of so many digits are beyond 64 bits. */
  private static final int MAX_DIGITS = 20;

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]++");
  private static final Pattern NUMBER_IN_STRING =
      Pattern.compile("\"-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?\"");

  private final InfluxMessageFormat format;
  private final Set<String> chosen;
  private final BigDecimal microsPerUnit;

  /** Null where readings have no series. */
  private final @Nullable LineLabels lineLabels;

  InfluxReader(InfluxMessageFormat format) {
    this.format = format;
    chosen = Set.copyOf(format.fields());
    microsPerUnit = new BigDecimal(format.timestampUnit().toNanos(1)).movePointLeft(3);
    lineLabels = format.labels();
  }

  @Override
  public ReadMessage read(byte[] value, byte @Nullable [] key, ReadPart kafkaTime) {
    String text = new String(value, ISO_8859_1);
    List<ReadPart> parts = new ArrayList<>();
    int index = 0;
    boolean hasLine = false;
    for (int at = begin(text, 0); at < text.length(); at = begin(text, at)) {
      hasLine = true;
      var line = new InfluxLine(text, at);
      Set<RejectReason> faults = EnumSet.noneOf(RejectReason.class);
      if (!line.isGood() || !isUtf8(text.substring(at, line.end()))) {
        faults.add(RejectReason.NOT_LINE_PROTOCOL);
      } else if (line.hasTwins()) {
        faults.add(RejectReason.DUPLICATE_FIELD);
      }
      ReadPart time = line.timestamp() == null ? kafkaTime : time(line.timestamp());
      if (!faults.contains(RejectReason.NOT_LINE_PROTOCOL)) {
        faults.addAll(time.faults());
      }
      LabelReader labels =
          lineLabels == null || faults.contains(RejectReason.NOT_LINE_PROTOCOL)
              ? null
              : lineLabels.read(line, key);
      if (labels != null) {
        faults.addAll(labels.faults());
      }
      if (!faults.isEmpty()) {
        parts.add(ReadPart.rejected(index, faults, true));
        index++;
      } else {
        for (InfluxLine.Field field : line.fields()) {
          addIfChosen(field, index, time, labels, parts);
          index++;
        }
      }
      if (index > MAX_PLACES) {
        return ReadMessage.rejected(RejectReason.TOO_LARGE, true);
      }
      at = line.end();
    }
    return hasLine
        ? new ReadMessage(parts, true)
        : ReadMessage.rejected(RejectReason.NOT_LINE_PROTOCOL, true);
  }

  /** Where the next line begins that is neither blank nor a comment; the end if there is none. */
  private static int begin(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isReturn = c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\n' || isReturn) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isUtf8(String bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private ReadPart time(String timestamp) {
    if (!INTEGER.matcher(timestamp).matches()) {
      return ReadPart.rejected(0, Set.of(RejectReason.BAD_TIMESTAMP), true);
    }
    // Without leading zeros; the first of so many digits are as far out of range.
    String digits = timestamp.replaceFirst("^-?0*(?=\\d)", "");
    var number = new BigInteger(digits.substring(0, Math.min(digits.length(), MAX_DIGITS)));
    number = timestamp.startsWith("-") ? number.negate() : number;
    BigInteger micros =
        new BigDecimal(number)
            .multiply(microsPerUnit)
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();
    boolean isInRange =
        number.bitLength() < Long.SIZE
            && micros.compareTo(BigInteger.valueOf(EventTime.MIN_MICROS)) >= 0
            && micros.compareTo(BigInteger.valueOf(EventTime.MAX_MICROS)) <= 0;
    return isInRange
        ? ReadPart.reading(0, micros.longValueExact(), 0, true)
        : ReadPart.rejected(0, Set.of(RejectReason.OUT_OF_RANGE), true);
  }

  private void addIfChosen(
      InfluxLine.Field field,
      int index,
      ReadPart time,
      @Nullable LabelReader labels,
      List<ReadPart> parts) {
    String value = field.value();
    boolean isString = NUMBER_IN_STRING.matcher(value).matches();
    boolean isNumber =
        isString ? format.numbersInStrings() : "-.0123456789".indexOf(value.charAt(0)) >= 0;
    if (!isNumber || !(chosen.isEmpty() || chosen.contains(LineLabels.utf8(field.name())))) {
      return;
    }
    String number = isString ? value.substring(1, value.length() - 1) : value;
    // Makes -0.0 a 0.
    double parsed = Double.parseDouble(number.replaceFirst("[iu]$", "")) + 0.0;
    if (number.length() > MAX_NUMBER) {
      parts.add(ReadPart.rejected(index, Set.of(RejectReason.TOO_LARGE), true));
    } else if (!Double.isFinite(parsed)) {
      parts.add(ReadPart.rejected(index, Set.of(RejectReason.NOT_FINITE), true));
    } else if (labels == null) {
      parts.add(ReadPart.reading(index, time.tsMicros(), parsed, time.certain()));
    } else {
      parts.add(labeled(field, index, parsed, time, labels));
    }
  }

  private ReadPart labeled(
      InfluxLine.Field field, int index, double value, ReadPart time, LabelReader labels) {
    String name = chosen.size() != 1 ? LineLabels.utf8(field.name()) : null;
    return name != null && LabelReader.isTooLong(name)
        ? ReadPart.rejected(index, Set.of(RejectReason.BAD_LABEL), true)
        : ReadPart.reading(index, time.tsMicros(), value, time.certain()).of(labels.series(name));
  }
}
