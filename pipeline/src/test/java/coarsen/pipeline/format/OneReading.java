package coarsen.pipeline.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.records.RejectReason;
import org.jspecify.annotations.Nullable;

/** A parser of messages that hold one reading each. */
final class OneReading {
  private final MessageParser parser;
  private ParsedMessage parsed = new ParsedMessage();

  OneReading(InputFormat format) {
    parser = format.parser();
  }

  /** Why a part of an array is not a reading; null if it is one. */
  @Nullable RejectReason parse(byte[] bytes, int start, int length) {
    parsed = parser.parse(new TestMessage(bytes, start, length, 1));
    assertEquals(1, parsed.size());
    assertEquals(0, parsed.index(0));
    return parsed.reason(0);
  }

  long tsMicros() {
    return parsed.tsMicros(0);
  }

  double value() {
    return parsed.value(0);
  }

  boolean isTimeRepeated() {
    return parsed.isTimeRepeated(0);
  }

  String detail() {
    return parsed.detail(0);
  }
}
