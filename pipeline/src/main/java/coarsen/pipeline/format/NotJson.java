package coarsen.pipeline.format;

/**
 * Says what a message is that is not JSON in UTF-8, as far as its bytes leave no doubt. Used once
 * such a message was found, so it need not be fast, but for {@link #looksLikeUtf8}.
 */
final class NotJson {
  private static final int SCHEMA_ID_BYTES = 4;
  private static final String EXPECTED = "; JSON in UTF-8 without a byte order mark is expected";

  private NotJson() {}

  /**
   * Jackson would detect UTF-16 and UTF-32, and skip a byte order mark, by the first four bytes.
   */
  static boolean looksLikeUtf8(byte[] bytes, int start, int length) {
    for (int i = start; i < start + Math.min(length, 4); i++) {
      if (bytes[i] == 0 || (i == start && bytes[i] < 0)) {
        return false;
      }
    }
    return true;
  }

  /** What to say of a message of at least one byte. */
  static String describe(byte[] bytes, int start, int length) {
    var first = new int[] {-1, -1, -1, -1, -1, -1, -1, -1};
    for (int i = 0; i < Math.min(length, first.length); i++) {
      first[i] = bytes[start + i] & 0xFF;
    }
    if (first[0] == 0xEF && first[1] == 0xBB && first[2] == 0xBF) {
      return "begins with a byte order mark of UTF-8" + EXPECTED;
    }
    if ((first[0] == 0xFE && first[1] == 0xFF) || (first[0] == 0xFF && first[1] == 0xFE)) {
      return "begins with a byte order mark of UTF-16" + EXPECTED;
    }
    if (first[0] == 0x1F && first[1] == 0x8B) {
      return "compressed with gzip" + EXPECTED;
    }
    if (alternates(first)) {
      return "in UTF-16" + EXPECTED;
    }
    if (first[0] == 0 && length > SCHEMA_ID_BYTES) {
      return "begins with 0 and a 4-byte schema id (Confluent wire format); JSON alone is expected";
    }
    if (first[0] != 0 && bytes[start + length - 1] == 0) {
      return "ends with a 0 byte; JSON alone is expected";
    }
    if (first[0] == 0 || first[1] == 0 || first[2] == 0 || first[3] == 0) {
      return "has a 0 byte among its first four" + EXPECTED;
    }
    return isLineProtocol(bytes, start, length)
        ? "Influx line protocol; --format=influx reads it"
        : "not one JSON document in UTF-8";
  }

  /** Whether the first line is one of line protocol, with a timestamp as producers send it. */
  private static boolean isLineProtocol(byte[] bytes, int start, int length) {
    var lines = new InfluxLines();
    lines.open(bytes, start, length);
    if (!lines.next() || !lines.head()) {
      return false;
    }
    while (lines.field()) {}
    return lines.tail()
        && lines.number().read(bytes, lines.timestampStart(), lines.timestampEnd())
        && lines.number().isPlainInteger();
  }

  /** Whether each second of the first bytes is 0 and the others are ASCII, as in UTF-16. */
  private static boolean alternates(int[] first) {
    int zero = first[0] == 0 ? 0 : 1;
    for (int i = 0; i < first.length && first[i] >= 0; i++) {
      boolean ascii = first[i] > 0 && first[i] < 0x80;
      if (i % 2 == zero ? first[i] != 0 : !ascii) {
        return false;
      }
    }
    return first[3] >= 0;
  }
}
