package coarsen.command;

/** The exit codes of all commands. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** Failed while it ran. */
  public static final int FAILED = 1;

  /** An option is unknown, malformed or contradicts another; nothing was started. */
  public static final int USAGE = 2;

  /** The broker, topic or folder that was named is not there or can't be used. */
  public static final int UNAVAILABLE = 3;

  private ExitCode() {}
}
