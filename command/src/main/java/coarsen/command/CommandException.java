package coarsen.command;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and one line for its user, without a stack trace. */
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

  /** An option is wrong; the message says which, its value, and what would be right. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message, null);
  }

  /** A service or folder is missing; the message says which, and what to do. */
  public static CommandException unavailable(String message, @Nullable Throwable cause) {
    return new CommandException(ExitCode.UNAVAILABLE, message, cause);
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
