package coarsen.pipeline.batch;

import coarsen.records.Payload;
import coarsen.records.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not a reading, on its way to the rejected output (the dead letters).
 *
 * @param detail what is wrong, for people, at most {@link #MAX_DETAIL} characters; longer ones are
 *     cut
 * @param payload the message's value, cut if it is long; null for a message without one
 */
public record RejectedMessage(
    long offset, RejectReason reason, String detail, @Nullable Payload payload) {
  /** Names of fields can be of any length, and are in details. */
  public static final int MAX_DETAIL = 1_000;

  /** Cuts a long detail. */
  public RejectedMessage {
    if (detail.length() > MAX_DETAIL) {
      boolean splitsPair = Character.isHighSurrogate(detail.charAt(MAX_DETAIL - 2));
      detail = detail.substring(0, MAX_DETAIL - (splitsPair ? 2 : 1)) + "…";
    }
  }
}
