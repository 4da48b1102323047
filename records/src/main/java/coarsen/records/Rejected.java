package coarsen.records;

import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A rejected row, the dead letter of a message, or a part of one, that is not a reading: the
 * reason, and the bytes as they came.
 *
 * <pre>{"reason":"NOT_A_NUMBER","detail":"value is a string at $.value","topic":"readings",
 * "partition":0,"offset":77,"run":0,"payload":"eyJ0cyI6MSwidmFsdWUiOiIxIn0="}</pre>
 *
 * <p>A row whose payload was cut ends with {@code ,"payload_bytes":800000,"payload_sha256":"…"}.
 *
 * @param reason why, for programs
 * @param detail why, for people; it never repeats the payload
 * @param message where it was read
 * @param index where in the message, from 0; written if it is not 0
 * @param run how often the pipeline had been restarted on the same outputs
 * @param payload the message's value, base64 in JSON; null for a message without one, and where an
 *     earlier part of the message has it
 */
public record Rejected(
    RejectReason reason,
    String detail,
    MessageId message,
    int index,
    int run,
    @Nullable Payload payload) {

  /** Appends this row without an end of line. */
  public void write(JsonBytes to) {
    to.raw("{\"reason\":\"");
    to.raw(reason.name());
    to.raw("\",\"detail\":");
    to.string(detail);
    to.raw(",\"topic\":");
    to.string(message.topic());
    to.raw(",\"partition\":");
    to.number(message.partition());
    to.raw(",\"offset\":");
    to.number(message.offset());
    if (index > 0) {
      to.raw(",\"index\":");
      to.number(index);
    }
    to.raw(",\"run\":");
    to.number(run);
    to.raw(",\"payload\":");
    if (payload == null) {
      to.raw("null");
    } else {
      to.raw('"');
      to.raw(Base64.getEncoder().encodeToString(payload.bytes()));
      to.raw('"');
      if (payload.sha256() != null) {
        to.raw(",\"payload_bytes\":");
        to.number(payload.fullLength());
        to.raw(",\"payload_sha256\":\"");
        to.raw(payload.sha256());
        to.raw('"');
      }
    }
    to.raw('}');
  }

  /** This row as JSON. */
  public String toJson() {
    var json = new JsonBytes(256);
    write(json);
    return json.toString();
  }

  /**
   * Reads a row; fields it does not know are skipped.
   *
   * @throws IllegalArgumentException if the bytes are not a rejected row; the message says why
   */
  public static Rejected parse(byte[] json, int offset, int length) {
    RowJson row = RowJson.parse("rejected", json, offset, length);
    try {
      return new Rejected(
          RejectReason.valueOf(row.text("reason")),
          row.text("detail"),
          new MessageId(row.text("topic"), row.small("partition"), row.whole("offset")),
          index(row),
          row.small("run"),
          payload(row));
    } catch (IOException e) {
      throw RowJson.bad("rejected", e);
    }
  }

  private static int index(RowJson row) {
    int index = row.optional("index").isMissingNode() ? 0 : row.small("index");
    if (index > Reading.MAX_INDEX) {
      throw new IllegalArgumentException("not a rejected row: index is over " + Reading.MAX_INDEX);
    }
    return index;
  }

  private static @Nullable Payload payload(RowJson row) throws IOException {
    byte[] bytes = row.optional("payload").binaryValue();
    if (bytes == null) {
      return null;
    }
    boolean whole = row.optional("payload_sha256").isMissingNode();
    return whole
        ? new Payload(bytes, bytes.length, null)
        : new Payload(bytes, row.small("payload_bytes"), row.text("payload_sha256"));
  }
}
