package coarsen.records;

/** Why a message is not a reading. */
public enum RejectReason {
  /** The message has no value (a tombstone). */
  NO_VALUE,
  /** The bytes are not one JSON document in UTF-8. */
  NOT_JSON,
  /** A line is not Influx line protocol, or the message holds no line of it. */
  NOT_LINE_PROTOCOL,
  /** The document is JSON but not an object. */
  NOT_AN_OBJECT,
  /** Larger than 1 MiB, deeper than 32, a number over 64 characters or a string over 64 KiB. */
  TOO_LARGE,
  /** A required field is missing or null. */
  MISSING_FIELD,
  /** A required field occurs twice. */
  DUPLICATE_FIELD,
  /** A label of the series is neither text, a number nor a boolean, or is too long. */
  BAD_LABEL,
  /** The value is not a number. */
  NOT_A_NUMBER,
  /** The value is beyond the range of a double. */
  NOT_FINITE,
  /** The timestamp cannot be parsed. */
  BAD_TIMESTAMP,
  /** The event time is outside the years 1 to 9999. */
  OUT_OF_RANGE,
  /** The event time is further ahead of the message's Kafka timestamp than allowed. */
  FROM_THE_FUTURE,
  /** Of a series beyond the number of them that a partition may have at a time. */
  TOO_MANY_SERIES
}
