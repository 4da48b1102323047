package coarsen.command;

import org.jspecify.annotations.Nullable;

/** Ends a command with one line for its user, who gets no stack trace, and an exit code. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command failed while it ran. */
  public static CommandException failed(String message, @Nullable Throwable cause) {
    return new CommandException(ExitCode.FAILED, message, cause);
  }

  /** An option is wrong; the message names it, what came, and what would do. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message, null);
  }

  /** Something outside is missing; the message names it and what would do. */
  public static CommandException unavailable(String message, @Nullable Throwable cause) {
    return new CommandException(ExitCode.UNAVAILABLE, message, cause);
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
