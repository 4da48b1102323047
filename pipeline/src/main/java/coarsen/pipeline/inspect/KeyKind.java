package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;

/** What the keys of messages are. */
enum KeyKind {
  NUMBERS("numbers"),
  JSON("JSON"),
  TEXT("text"),
  BYTES("bytes");

  private static final int SHOWN_BYTES = 8;

  private final String text;

  KeyKind(String text) {
    this.text = text;
  }

  /** The kind of all keys, and one of them. */
  static String describe(List<byte[]> keys, int mostCharacters) {
    KeyKind kind = NUMBERS;
    for (byte[] key : keys) {
      KeyKind its = of(key);
      // Numbers among texts are texts, and anything among bytes is bytes.
      kind = its.compareTo(kind) > 0 ? its : kind;
    }
    byte[] example = keys.get(keys.size() - 1);
    String shown =
        kind == BYTES
            ? HexFormat.ofDelimiter(" ")
                    .formatHex(example, 0, Math.min(SHOWN_BYTES, example.length))
                + (example.length > SHOWN_BYTES ? "…" : "")
            : Texts.cut(new String(example, UTF_8), mostCharacters);
    return kind.text + ", such as " + shown;
  }

  /** The kind of a key. */
  static KeyKind of(byte[] key) {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return BYTES;
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
      return BYTES;
    }
    if (text.matches("-?\\d+(\\.\\d+)?")) {
      return NUMBERS;
    }
    return text.startsWith("{") && text.endsWith("}") ? JSON : TEXT;
  }
}
