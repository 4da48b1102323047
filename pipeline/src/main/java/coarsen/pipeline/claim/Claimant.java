package coarsen.pipeline.claim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
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
 * @param host the name of the machine or container it runs on
 */
record Claimant(Instant since, long pid, String id, String host) implements Comparable<Claimant> {
  private static final Pattern FORM =
      Pattern.compile("coarsen_([^_]+)_([0-9]{1,18})_([0-9a-f]{8})_(\\S+)");
  private static final Comparator<Claimant> BY_AGE =
      Comparator.comparing(Claimant::since).thenComparing(Claimant::id);

  /** A run that starts in this process now. */
  static Claimant here() {
    return new Claimant(
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        ProcessHandle.current().pid(),
        UUID.randomUUID().toString().substring(0, 8),
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
              form.group(4)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** One word, which also can be the client id of a consumer. */
  String text() {
    return "coarsen_" + since + "_" + pid + "_" + id + "_" + host;
  }

  /** Whether it is on this host, where {@link #isAlive} can tell. */
  boolean isHere() {
    return host.equals(hostName());
  }

  /** Whether its process is there; one that got the same number later is another. */
  boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(process -> !process.info().startInstant().orElse(Instant.MIN).isAfter(since))
        .isPresent();
  }

  /** Whether it is on this host and no longer there. */
  boolean isGone() {
    return isHere() && !isAlive();
  }

  /** The earlier first. */
  @Override
  public int compareTo(Claimant other) {
    return BY_AGE.compare(this, other);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "the run of process " + pid + " on " + host + ", since " + since;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
