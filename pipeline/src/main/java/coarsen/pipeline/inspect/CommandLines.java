package coarsen.pipeline.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Command lines for a topic, to be pasted into a shell.
 *
 * @param topic what is read
 * @param connection the options of the Kafka cluster, as they were given
 * @param format the options of the format
 * @param rules the options of the rules of event time
 */
record CommandLines(
    String topic, List<String> connection, List<String> format, List<String> rules) {
  private static final List<String> KINDS = List.of("raw", "reduced", "rejected");
  private static final int COLUMNS = 98;
  private static final String INDENT = "  ";
  private static final String CONTINUED = "      ";

  /** Reads the topic to its end, to files. */
  List<String> run() {
    Stream<String> outputs = KINDS.stream().map(kind -> "--" + kind + "Output=" + place(kind));
    return lines("run", source(), Stream.of("--from=earliest", "--until=end"), outputs);
  }

  /** Checks what that run has written. */
  List<String> verify() {
    Stream<String> outputs = KINDS.stream().map(kind -> "--" + kind + "=" + place(kind));
    return lines("verify", source(), Stream.of("--complete", "--deep"), outputs);
  }

  /** Draws the last readings and the means. */
  List<String> view() {
    return lines(
        "view",
        Stream.of("--raw=" + place("raw"), "--reduced=" + place("reduced")),
        Stream.of("--points=20000"),
        Stream.of());
  }

  private Stream<String> source() {
    return Stream.of(connection, List.of("--topic=" + topic), format, rules).flatMap(List::stream);
  }

  private String place(String kind) {
    return "files:out/" + topic + "/" + kind;
  }

  private static List<String> lines(
      String command, Stream<String> first, Stream<String> second, Stream<String> third) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder(INDENT + "./coarsen " + command);
    for (String option : Stream.of(first, second, third).flatMap(some -> some).toList()) {
      String word = ShellWords.quote(option);
      if (line.length() + 1 + word.length() > COLUMNS - 2) {
        lines.add(line + " \\");
        line = new StringBuilder(CONTINUED + word);
      } else {
        line.append(' ').append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
