package coarsen.records;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The value of a rejected message, as its row has it: whole, or, of a long one, its beginning with
 * the length and a hash of the whole. So no message makes a row that a topic or a reader refuses.
 *
 * @param bytes the value, at most its first {@link #MAX_BYTES}
 * @param fullLength bytes of the whole value
 * @param sha256 of the whole value, 64 hexadecimal digits; null unless the value was cut
 */
@SuppressWarnings("ArrayRecordComponent") // Rows are never compared or hashed.
public record Payload(byte[] bytes, int fullLength, @Nullable String sha256) {
  /** Longer values are cut. */
  public static final int MAX_BYTES = 64 << 10;

  /** Checks that a value is either whole or has a hash. */
  public Payload {
    if (fullLength < bytes.length || (sha256 == null) != (fullLength == bytes.length)) {
      throw new IllegalArgumentException(
          "not a rejected row: payload has "
              + bytes.length
              + " bytes of "
              + fullLength
              + (sha256 == null ? " without" : " and")
              + " a payload_sha256");
    }
  }

  /** The payload for a value, a part of an array. */
  public static Payload of(byte[] array, int start, int length) {
    byte[] bytes = Arrays.copyOfRange(array, start, start + Math.min(length, MAX_BYTES));
    return new Payload(bytes, length, length > MAX_BYTES ? sha256(array, start, length) : null);
  }

  private static String sha256(byte[] array, int start, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(array, start, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
