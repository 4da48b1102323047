package coarsen.command;

/** Quiets loggers of slf4j-simple. */
public final class Logging {
  private Logging() {}

  /** Lets these loggers log errors alone; call it before any of them is made. */
  public static void quiet(String... loggers) {
    for (String logger : loggers) {
      System.setProperty("org.slf4j.simpleLogger.log." + logger, "error");
    }
  }
}
