package coarsen.testbed;

/** What a generated message is, and so how a pipeline has to treat it. */
public enum ReadingKind {
  /** A reading whose event time is not before that of earlier readings. */
  IN_ORDER("in order"),

  /** A reading whose event time was moved back a little: out of order, but still counted. */
  OUT_OF_ORDER("out of order"),

  /** A reading whose event time was moved back so far that its window has expired. */
  LATE("late"),

  /** A message that is not a reading. */
  MALFORMED("malformed"),

  /** A reading whose event time is far after its record's Kafka timestamp. */
  FUTURE("from the future");

  private final String label;

  ReadingKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
