package coarsen.command;

/** The log level of libraries, for the backend slf4j-simple that all commands use. */
public final class Logging {
  private Logging() {}

  /**
   * Keeps everything below errors out of the log. Call it at the beginning of {@code main}: a
   * logger that already exists keeps its level.
   *
   * @param loggers names of loggers; those below them in the hierarchy are kept quiet as well
   */
  public static void quiet(String... loggers) {
    for (String logger : loggers) {
      System.setProperty("org.slf4j.simpleLogger.log." + logger, "error");
    }
  }
}
