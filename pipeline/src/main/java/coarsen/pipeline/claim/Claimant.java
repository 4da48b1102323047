package coarsen.pipeline.claim;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run that writes to an output.
 *
 * @param since when it started, in whole milliseconds
 * @param pid its process, on its host
 * @param id tells apart runs of one process; eight hexadecimal digits
 * @param process names the process for all time, where that is possible; letters and digits
 * @param host the name of the machine or container it runs on
 */
record Claimant(Instant since, long pid, String id, String process, String host) {
  private static final Pattern FORM =
      Pattern.compile("coarsen_([^_]+)_([0-9]{1,18})_([0-9a-f]{8})_([0-9a-z]+)_(\\S+)");
  private static final String UNKNOWN = "unknown";

  /** A run that starts in this process now. */
  static Claimant here() {
    long pid = ProcessHandle.current().pid();
    return new Claimant(
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        pid,
        UUID.randomUUID().toString().substring(0, 8),
        space().map(space -> space + startOf(pid)).orElse(UNKNOWN),
        hostName());
  }

  /** Takes {@link #text} apart; empty if the text is something else. */
  static Optional<Claimant> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Claimant(
              Instant.parse(form.group(1)),
              Long.parseLong(form.group(2)),
              form.group(3),
              form.group(4),
              form.group(5)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** One word, which can also be the client id of a consumer. */
  String text() {
    return "coarsen_" + since + "_" + pid + "_" + id + "_" + process + "_" + host;
  }

  /** Whether its process is running; empty where that can't be told from here. */
  Optional<Boolean> isAlive() {
    return space().filter(process::startsWith).map(space -> process.equals(space + startOf(pid)));
  }

  /** For messages. */
  @Override
  public String toString() {
    return "the run of process " + pid + " on " + host + ", since " + since;
  }

  /**
   * Names the numbers of processes as they are seen here: those of another machine, of another
   * container or of the time before a reboot mean other processes. Only Linux tells; the names of
   * hosts do not, since several may be called localhost.
   */
  private static Optional<String> space() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
      String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return Optional.of((boot + namespace + "p").replaceAll("[^0-9a-z]", ""));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** When a process started, in ticks since the boot, which no change of the clock moves. */
  private static String startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The second field is the program's name in parentheses, which may contain anything.
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    } catch (IOException e) {
      return "";
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
