package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.RejectReason;
import coarsen.records.Series;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the labels of a reading, and what is wrong with them. */
final class LabelReader {
  private static final int MAX_CHARACTERS = 1_024;

  private final @Nullable String missing;
  private final Map<String, String> labels = new TreeMap<>();
  private final Set<RejectReason> faults = EnumSet.noneOf(RejectReason.class);

  /**
   * @param missing the label of a message that lacks it; null if such a message is rejected
   */
  LabelReader(@Nullable String missing) {
    this.missing = missing;
  }

  /**
   * Adds a label.
   *
   * @param text null if the message lacks it
   */
  void add(String name, @Nullable String text) {
    String label = text == null ? missing : text;
    if (label == null) {
      faults.add(RejectReason.MISSING_FIELD);
    } else if (isTooLong(label) || !UTF_8.newEncoder().canEncode(label)) {
      faults.add(RejectReason.BAD_LABEL);
    } else if (labels.put(name, label) != null) {
      faults.add(RejectReason.BAD_LABEL);
    }
  }

  /**
   * Adds the message's key.
   *
   * @param key null if the message has none
   */
  void addKey(String name, byte @Nullable [] key) {
    try {
      add(name, key == null ? null : UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
    } catch (CharacterCodingException e) {
      faults.add(RejectReason.BAD_LABEL);
    }
  }

  /** Adds what can't be a label. */
  void addBad() {
    faults.add(RejectReason.BAD_LABEL);
  }

  static boolean isTooLong(String label) {
    return label.codePointCount(0, label.length()) > MAX_CHARACTERS;
  }

  /** Why the reading is rejected; empty if it is not. */
  Set<RejectReason> faults() {
    return faults;
  }

  /** The series, with the name of the value's field if it is a label; null if there are faults. */
  @Nullable Series series(@Nullable String field) {
    if (!faults.isEmpty()) {
      return null;
    }
    Map<String, String> all = new TreeMap<>(labels);
    if (field != null) {
      all.put(SeriesFormat.FIELD, field);
    }
    return Series.of(all);
  }
}
