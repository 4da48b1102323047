package coarsen.engines;

import java.io.IOException;
import java.util.List;

/** What Spark's master, workers and drivers serve. */
final class SparkPages {
  private SparkPages() {}

  /**
   * Gets the pages of the master and the workers, and asserts that they have no secret.
   *
   * @param addresses of the master, then of the workers
   * @return the pages of logs
   */
  static String checkCluster(List<String> addresses, Canaries canaries)
      throws IOException, InterruptedException {
    var master = new Pages(addresses.get(0), canaries);
    var logs = new StringBuilder();
    String unused = master.get("/json/", "activeapps");
    for (String app : Pages.found("app/\\?appId=([^\"]+)\"", master.get("/"))) {
      unused = master.get("/app/?appId=" + app, app);
    }
    for (String address : addresses.subList(1, addresses.size())) {
      var worker = new Pages(address, canaries);
      unused = worker.get("/json/", "cores");
      for (String log : Pages.found("\"[^\"]*(/logPage/?\\?[^\"]+)\"", worker.get("/"))) {
        logs.append(whole(worker, log.replace("&amp;", "&")));
      }
    }
    return logs.toString();
  }

  /** Gets a log from its first byte: the page by itself shows the last 100 KiB only. */
  private static String whole(Pages worker, String log) throws IOException, InterruptedException {
    String bytes =
        Pages.found("initLogPage\\('.*', \\d+, \\d+, \\d+, (\\d+), \\d+\\)", worker.get(log))
            .get(0);
    return worker.get(log + "&offset=0&byteLength=" + bytes);
  }

  /** Gets the pages of a driver, and asserts that they have no secret. */
  static void checkDriver(Pages pages) throws IOException, InterruptedException {
    String unused;
    for (String page :
        List.of(
            "/jobs/",
            "/stages/",
            "/storage/",
            "/executors/",
            "/executors/threadDump/?executorId=driver",
            "/streaming/",
            "/metrics/json/",
            "/api/v1/version")) {
      unused = pages.get(page);
    }
    String id = Pages.found("\"id\" : \"([^\"]+)\"", pages.get("/api/v1/applications")).get(0);
    String api = "/api/v1/applications/" + id;
    unused = pages.get("/environment/", id);
    unused = pages.get(api + "/environment", id);
    for (String page :
        List.of(
            "",
            "/jobs",
            "/stages",
            "/executors",
            "/allexecutors",
            "/storage/rdd",
            "/streaming/statistics",
            "/streaming/receivers",
            "/streaming/batches")) {
      unused = pages.get(api + page);
    }
    for (String job : Pages.found("\"jobId\" : ([0-9]+)", pages.get(api + "/jobs")).subList(0, 3)) {
      unused = pages.get("/jobs/job/?id=" + job);
      unused = pages.get(api + "/jobs/" + job);
    }
    for (String stage :
        Pages.found("\"stageId\" : ([0-9]+)", pages.get(api + "/stages?status=complete"))
            .subList(0, 3)) {
      unused = pages.get("/stages/stage/?id=" + stage + "&attempt=0");
      unused = pages.get(api + "/stages/" + stage);
    }
  }
}
