package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import org.jspecify.annotations.Nullable;

/** The label that is a message's key. */
final class KeyLabel {
  private final @Nullable String missing;
  private @Nullable String text;
  private @Nullable RejectReason reason;
  private String detail = "";

  /**
   * @param missing the label of a message without a key; null if it is rejected
   */
  KeyLabel(@Nullable String missing) {
    this.missing = missing;
  }

  /** Begins a message. */
  void open(Message message) {
    byte[] bytes = message.key();
    text = bytes == null ? missing : Labels.utf8(bytes);
    reason = null;
    if (bytes == null && text == null) {
      reason = RejectReason.MISSING_FIELD;
      detail = "the message has no key";
    } else if (text == null) {
      reason = RejectReason.BAD_LABEL;
      detail = "the message's key is not UTF-8";
    } else if (text.length() > Labels.MAX_LENGTH) {
      String fault = Labels.fault(text);
      reason = fault == null ? null : RejectReason.BAD_LABEL;
      detail = "the message's key is " + fault;
    }
  }

  /** The label; null if there is none. */
  @Nullable String text() {
    return text;
  }

  /** Why the key can't be a label, with {@link #detail}; null if it can. */
  @Nullable RejectReason reason() {
    return reason;
  }

  /** What is wrong with the key. */
  String detail() {
    return detail;
  }
}
