package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Rejected;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Whether a rejected row has the bytes of its message. */
class RejectedRowTest {
  private static final byte[] MESSAGE = "x".repeat(1_000).getBytes(UTF_8);

  @Test
  void aWholePayloadIsTheMessage() {
    RejectedRow row = row("\"" + base64(MESSAGE) + "\"");
    assertTrue(row.holds(MESSAGE));
    assertFalse(row.holds(Arrays.copyOf(MESSAGE, 999)));
    assertFalse(row.holds(Arrays.copyOf(MESSAGE, 1_001)));
    assertFalse(row.holds(null));
    assertTrue(row("null").holds(null));
    assertFalse(row("null").holds(MESSAGE));
  }

  @Test
  void aPayloadThatWasCutIsItsBeginningWithItsLengthAndHash() throws NoSuchAlgorithmException {
    byte[] other = MESSAGE.clone();
    other[999] = 'y';
    RejectedRow row = cut(Arrays.copyOf(MESSAGE, 64), 1_000, MESSAGE);
    assertTrue(row.holds(MESSAGE));
    assertFalse(row.holds(other), "the rest differs");
    assertFalse(cut(Arrays.copyOf(MESSAGE, 64), 1_001, MESSAGE).holds(MESSAGE), "the length");
    assertFalse(cut("y".repeat(64).getBytes(UTF_8), 1_000, MESSAGE).holds(MESSAGE), "the start");
    assertFalse(
        row("\"" + base64(Arrays.copyOf(MESSAGE, 64)) + "\",\"payload_bytes\":1000").holds(MESSAGE),
        "there is no hash");
  }

  private static RejectedRow cut(byte[] kept, int length, byte[] message)
      throws NoSuchAlgorithmException {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
    return row(
        "\"%s\",\"payload_bytes\":%d,\"payload_sha256\":\"%s\""
            .formatted(base64(kept), length, hash));
  }

  private static RejectedRow row(String payload) {
    byte[] json =
        ("{\"reason\":\"NOT_JSON\",\"detail\":\"no\",\"topic\":\"t\",\"partition\":0,\"offset\":1,"
                + "\"run\":0,\"payload\":"
                + payload
                + "}")
            .getBytes(UTF_8);
    return RejectedRow.of(Rejected.parse(json, 0, json.length), json, 0, json.length);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
