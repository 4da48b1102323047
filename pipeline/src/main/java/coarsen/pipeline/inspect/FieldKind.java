package coarsen.pipeline.inspect;

/** What a field of a message holds. */
enum FieldKind {
  NUMBER("number"),
  TEXT("text"),
  TAG("tag"),
  BOOLEAN("boolean"),
  NULL("null");

  private final String text;

  FieldKind(String text) {
    this.text = text;
  }

  /** For people. */
  @Override
  public String toString() {
    return text;
  }
}
