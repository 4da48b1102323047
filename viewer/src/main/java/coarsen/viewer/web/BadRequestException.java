package coarsen.viewer.web;

/** A request asks for what can't be; the message says what would do. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
