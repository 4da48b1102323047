package coarsen.pipeline.inspect;

import java.util.List;

/** Takes messages of one format apart, without knowing which of their fields matter. */
interface MessageFields {
  /**
   * A field of a message.
   *
   * @param name as the options write it
   * @param text its value; of a number its digits
   */
  record Field(String name, FieldKind kind, String text) {}

  /**
   * The fields of a message.
   *
   * @param fields in their order, without those that only describe others
   * @param isEnvelope whether they are the payload of a schema, as Kafka Connect writes it
   */
  record Document(List<Field> fields, boolean isEnvelope) {}

  /** Takes a message apart; no fields if it has another format, or none. */
  Document read(byte[] message);
}
