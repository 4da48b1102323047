package coarsen.engines;

import java.util.ArrayList;
import java.util.List;

/** What the JVMs of a cluster and of its runs log. */
enum LogLevel {
  /** A cluster reports at this level that it is ready; runs log as the launcher's do. */
  INFO,

  /** Everything, as Kafka's clients and Coarsen do on a cluster and in its runs. */
  TRACE;

  private static final String OPTION = "-Dlog4j2.";

  /** Options of java for a JVM of the cluster. */
  List<String> ofCluster(List<String> java) {
    return replaced(java, this == INFO ? OPTION + "level=info" : traced());
  }

  /** Options of java for a JVM that submits a run. */
  List<String> ofRun(List<String> java) {
    return this == INFO ? java : replaced(java, traced());
  }

  /** Options of java for a JVM that the cluster starts for a run. */
  List<String> ofWorker(String java) {
    return this == INFO ? List.of(java) : List.of(java, traced());
  }

  private static String traced() {
    return OPTION
        + "configurationFile="
        + Engines.ROOT.resolve("engine-tests/src/test/resources/trace.properties");
  }

  private static List<String> replaced(List<String> java, String with) {
    List<String> replaced = new ArrayList<>(java);
    replaced.replaceAll(option -> option.startsWith(OPTION) ? with : option);
    return replaced;
  }
}
