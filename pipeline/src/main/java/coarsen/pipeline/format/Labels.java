package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.Series;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a reading. They are filled in again for the next one, and their names are sorted
 * once, so that a reading costs little more than the text of its labels.
 */
final class Labels {
  /** Characters of a label. */
  static final int MAX_LENGTH = 1_024;

  private final String[] names;
  private final String[] texts;

  /** Of each label in the order that was given, its place in the order of the names. */
  private final int[] places;

  /**
   * @param names all different
   */
  Labels(List<String> names) {
    this.names = names.stream().sorted().toArray(String[]::new);
    texts = new String[this.names.length];
    places = names.stream().mapToInt(name -> Arrays.binarySearch(this.names, name)).toArray();
  }

  /** Fills in label {@code i}, in the order that was given. */
  void set(int i, String text) {
    texts[places[i]] = text;
  }

  /** The series with the labels that were filled in. */
  Series series() {
    return Series.of(names, texts);
  }

  /** Why a text can't be a label; null if it can. */
  static @Nullable String fault(String text) {
    int length = text.length();
    if (length > MAX_LENGTH && text.codePointCount(0, length) > MAX_LENGTH) {
      return "over " + MAX_LENGTH + " characters";
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair = i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!isPair) {
          return "half of a character (a lone surrogate)";
        }
        i++;
      }
    }
    return null;
  }

  /** The text of bytes in UTF-8; null if they are not. */
  static @Nullable String utf8(byte[] bytes) {
    var text = new String(bytes, UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
