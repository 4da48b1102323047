package coarsen.command;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM from exiting. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * Makes such threads.
   *
   * @param name of all of them, for logs and thread dumps
   */
  public static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
