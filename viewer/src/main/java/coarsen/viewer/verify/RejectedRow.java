package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.RejectReason;
import coarsen.records.Rejected;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a rejected row, to compare it with another of its name and with its message.
 *
 * @param run which wrote it
 * @param reason why the message is not a reading
 * @param hash of the whole row
 * @param keptBytes of the payload that the row holds; -1 if it holds none
 * @param payloadHash of these bytes
 * @param sha256 of the whole payload, if the row holds only its beginning
 * @param messageBytes of the whole payload
 */
record RejectedRow(
    int run,
    RejectReason reason,
    long hash,
    int keptBytes,
    long payloadHash,
    @Nullable String sha256,
    long messageBytes) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Of a row that is valid.
   *
   * @throws IllegalArgumentException if the payload can't be read
   */
  static RejectedRow of(Rejected row, byte[] json, int offset, int length) {
    try {
      JsonNode tree = JSON.readTree(json, offset, length);
      byte[] payload = tree.path("payload").binaryValue();
      int kept = payload == null ? -1 : payload.length;
      return new RejectedRow(
          row.run(),
          row.reason(),
          Hash.of(new String(json, offset, length, UTF_8)),
          kept,
          payload == null ? 0 : Hash.of(payload, kept),
          tree.path("payload_sha256").textValue(),
          tree.path("payload_bytes").asLong(kept));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a rejected row: payload is not base64", e);
    }
  }

  /**
   * Whether the row holds these bytes, or their beginning and a hash of the whole.
   *
   * @param value null for a row that holds none
   */
  boolean holds(byte @Nullable [] value) {
    if (value == null) {
      return keptBytes < 0;
    }
    if (keptBytes < 0 || keptBytes > value.length || messageBytes != value.length) {
      return false;
    }
    return payloadHash == Hash.of(value, keptBytes)
        && (sha256 == null ? keptBytes == value.length : sha256.equals(sha256(value)));
  }

  private static String sha256(byte[] value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has it.
    }
  }
}
