package coarsen.http;

/** A request that can't be answered; the message says what would do. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Tells the client what is wrong. */
  public BadRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
