package coarsen.pipeline.batch;

import coarsen.records.Payload;
import coarsen.records.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A message, or a part of one, that is not a reading, on its way to the rejected output (the dead
 * letters).
 *
 * @param index its place in the message, from 0
 * @param detail what is wrong, for people, at most {@link #MAX_DETAIL} characters; longer ones are
 *     cut
 * @param payload the message's value, cut if it is long; null for a message without one, and where
 *     an earlier part of the message has it
 */
public record RejectedMessage(
    long offset, int index, RejectReason reason, String detail, @Nullable Payload payload) {
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
