package coarsen.pipeline.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.outputs.RowLimit;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.format.ParsedMessage;
import coarsen.records.Payload;
import coarsen.records.RejectReason;
import coarsen.records.Rejected;
import org.junit.jupiter.api.Test;

class RowBufferTest {
  private static final int MAX_TOPIC_NAME = 249; // Kafka's limit.

  @Test
  void noRejectedRowIsTooLongForAReaderOrForATopic() {
    // The characters that take most bytes in JSON, and all numbers at their longest.
    String detail = "\u0001".repeat(2 * RejectedMessage.MAX_DETAIL);
    byte[] value = new byte[5_000_000];
    var message =
        new RejectedMessage(
            Long.MAX_VALUE,
            ParsedMessage.MAX_READINGS - 1,
            RejectReason.DUPLICATE_FIELD,
            detail,
            Payload.of(value, 0, value.length));
    var rows = new RowBuffer(false);
    String topic = "t".repeat(MAX_TOPIC_NAME);
    new JsonRows().rejected(topic, Integer.MAX_VALUE, message, Integer.MAX_VALUE, rows.text());
    rows.end(0, () -> "0:" + Long.MAX_VALUE);
    assertTrue(rows.text().length() < 95_000, () -> rows.text().length() + " bytes");
    byte[] row = rows.text().toBytes();
    assertEquals(RejectedMessage.MAX_DETAIL, Rejected.parse(row, 0, row.length).detail().length());
  }

  @Test
  void aDetailIsNotCutInTheMiddleOfACharacter() {
    var message =
        new RejectedMessage(0, 0, RejectReason.MISSING_FIELD, "no " + "😀".repeat(1_000), null);
    byte[] detail = message.detail().getBytes(UTF_8);
    assertEquals(message.detail(), new String(detail, UTF_8));
  }

  @Test
  void aRowThatNoReaderWouldTakeIsRefused() {
    var rows = new RowBuffer(false);
    rows.text().raw("x".repeat(RowLimit.MAX_BYTES));
    rows.end(0, () -> "first");
    rows.text().raw("x".repeat(RowLimit.MAX_BYTES + 1));
    var failure = assertThrows(IllegalStateException.class, () -> rows.end(0, () -> "second"));
    assertEquals("row second has 1048577 bytes; readers take 1048576", failure.getMessage());
  }
}
