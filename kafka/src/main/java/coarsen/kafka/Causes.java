package coarsen.kafka;

/** What a failure of Kafka's clients says, which wrap it many times. */
final class Causes {
  private Causes() {}

  /** The innermost message, after that of what failed for it. */
  static String reason(Throwable failure) {
    String outer = String.valueOf(failure.getMessage());
    Throwable innermost = innermost(failure);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause != innermost && cause.getMessage() != null) {
        outer = cause.getMessage();
      }
    }
    return innermost.getMessage() == null || innermost == failure
        ? outer
        : outer + ": " + innermost.getMessage();
  }

  /** The innermost cause that has a message. */
  static Throwable innermost(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = cause.getMessage() == null ? innermost : cause;
    }
    return innermost;
  }

  /** Whether a failure or one of its causes is of a type. */
  static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
