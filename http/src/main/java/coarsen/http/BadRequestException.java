package coarsen.http;

/** A request with a wrong parameter; the message, sent to the client, says what would be right. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the server answer 400 with this message. */
  public BadRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
