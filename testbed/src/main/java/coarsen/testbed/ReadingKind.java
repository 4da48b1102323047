package coarsen.testbed;

/** What a generated message is, and so what a pipeline has to do with it. */
public enum ReadingKind {
  /** A reading whose event time is not before those made earlier. */
  IN_ORDER("in order"),

  /** A reading whose event time was moved back a little: it still counts, out of order. */
  OUT_OF_ORDER("out of order"),

  /** A reading whose event time was moved back so far that its window is closed for good. */
  LATE("late"),

  /** A message that is no reading. */
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
