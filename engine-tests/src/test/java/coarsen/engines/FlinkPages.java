package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

/** What Flink's job manager serves about the cluster and its jobs. */
final class FlinkPages {
  private static final String ID = "\"id\":\"([0-9a-f]{32})\"";

  private FlinkPages() {}

  /**
   * Gets all pages, and asserts that they have no secret.
   *
   * @param logged what logs of the task managers say
   * @param problem what the pages of exceptions say of one job
   */
  static void check(Pages pages, String logged, String problem)
      throws IOException, InterruptedException {
    String unused = pages.get("/overview", "taskmanagers");
    unused = pages.get("/config", "flink-version");
    unused = pages.get("/jobs/metrics");
    unused = pages.get("/datasets");
    var exceptions = new StringBuilder();
    for (String job : Pages.found(ID, pages.get("/jobs"))) {
      checkJob(pages, job);
      exceptions.append(pages.get("/jobs/" + job + "/exceptions"));
      unused = pages.get("/jobmanager/log", job);
    }
    assertTrue(exceptions.indexOf(problem) >= 0, () -> exceptions + " lacks " + problem);
    checkProcess(pages, "/jobmanager", "started");
    unused = pages.get("/jobmanager/environment", "-Dlog.file=");
    unused = pages.get("/jobmanager/config", "state.checkpoints.dir");
    unused = pages.get("/taskmanagers/metrics");
    for (String id : Pages.found("\"id\":\"([^\"]+)\"", pages.get("/taskmanagers"))) {
      unused = pages.get("/taskmanagers/" + id, id);
      checkProcess(pages, "/taskmanagers/" + id, logged);
    }
  }

  private static void checkProcess(Pages pages, String process, String logged)
      throws IOException, InterruptedException {
    String unused = pages.get(process + "/log", logged);
    unused = pages.get(process + "/metrics");
    unused = pages.get(process + "/thread-dump", "main");
    unused = pages.get(process + "/logs", ".log");
  }

  private static void checkJob(Pages pages, String id) throws IOException, InterruptedException {
    String job = "/jobs/" + id;
    String name = Pages.found("\"name\":\"([^\"]+)\"", pages.get(job, id)).get(0);
    String unused = pages.get("/jobs/overview", id, name);
    unused = pages.get(job + "/config", name, "user-config");
    unused = pages.get(job + "/jobmanager/config", "state.checkpoints.dir");
    unused = pages.get(job + "/jobmanager/environment", "-Dlog.file=");
    for (String page :
        List.of(
            "/plan",
            "/accumulators?includeSerializedValue=true",
            "/metrics",
            "/checkpoints",
            "/checkpoints/config")) {
      unused = pages.get(job + page);
    }
    for (String vertex : Pages.found(ID, pages.get(job + "/plan", "Source"))) {
      for (String page :
          List.of(
              "",
              "/accumulators",
              "/subtasktimes",
              "/taskmanagers",
              "/watermarks",
              "/metrics",
              "/backpressure",
              "/subtasks/accumulators",
              "/subtasks/metrics",
              "/subtasks/0",
              "/subtasks/0/metrics")) {
        unused = pages.get(job + "/vertices/" + vertex + page);
      }
    }
  }
}
