package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Recognizes what else than JSON messages may be, where the reasons of a run leave it open. */
final class Unreadable {
  private static final byte[] AVRO = {'O', 'b', 'j', 1};

  private Unreadable() {}

  /** What messages seem to be, as the end of a sentence; empty if that can't be told. */
  static String describe(List<byte[]> messages) {
    if (messages.isEmpty()) {
      return "";
    }
    byte[] first = messages.get(0);
    if (Arrays.equals(AVRO, Arrays.copyOf(first, AVRO.length))) {
      return "files of Avro, one in each message";
    }
    if (messages.stream().anyMatch(Unreadable::isBinary)) {
      return "binary, such as Avro or Protobuf without a schema id";
    }
    String text = new String(first, UTF_8).strip();
    if (text.startsWith("<")) {
      return "XML";
    }
    for (String separator : List.of(",", ";", "\t")) {
      long count = columns(first, separator);
      if (count > 1 && messages.stream().allMatch(each -> columns(each, separator) == count)) {
        return "CSV, %d columns, such as %s".formatted(count, Texts.cut(text, 40));
      }
    }
    return "text, such as " + Texts.cut(text, 40);
  }

  private static long columns(byte[] message, String separator) {
    return new String(message, UTF_8).strip().split(separator, -1).length;
  }

  private static boolean isBinary(byte[] message) {
    String text = new String(message, UTF_8);
    return text.chars()
        .anyMatch(c -> c == '\uFFFD' || (Character.isISOControl(c) && !Character.isWhitespace(c)));
  }
}
