package coarsen.pipeline.status;

import coarsen.records.RejectReason;

/** What may be wrong with a run's options when most messages are rejected for one reason. */
public final class RejectHint {
  private static final String INSPECT = " ./coarsen inspect looks at the topic and finds options.";

  private RejectHint() {}

  /** A question for people, which names the options. */
  public static String of(RejectReason reason) {
    return switch (reason) {
      case OUT_OF_RANGE ->
          "are their timestamps integers in a shorter unit than --timestampUnit, such as"
              + " nanoseconds (--timestampUnit=ns)?";
      case FROM_THE_FUTURE ->
          "are the clocks of this machine and of the producers right? --maxFutureSkew allows more,"
              + " or off.";
      case MISSING_FIELD, DUPLICATE_FIELD ->
          "do --timestampField, --valueField and --seriesField name fields of this topic?"
              + INSPECT;
      case BAD_LABEL -> "is it the right --seriesField?" + INSPECT;
      case TOO_MANY_SERIES ->
          "does --seriesField name a field that differs in every message? --maxSeries allows more.";
      case BAD_TIMESTAMP ->
          "is it the right --timestampField, and does it need a --timestampFormat?" + INSPECT;
      case NOT_JSON -> "are they JSON? --format=influx reads Influx line protocol." + INSPECT;
      case NOT_LINE_PROTOCOL ->
          "are they Influx line protocol? --format=json reads JSON." + INSPECT;
      case NOT_A_NUMBER ->
          "is it the right --valueField? --numbersInStrings reads numbers in strings." + INSPECT;
      default -> "do the options for the input fit this topic?" + INSPECT;
    };
  }
}
