package coarsen.kafka;

import coarsen.command.Commands;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** What Kafka accepts as the name of a topic. */
public final class TopicNames {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /** Names of files that exist in every folder, such as the broker's. */
  private static final Set<String> FOLDERS = Set.of(".", "..");

  /** Brokers keep their own state in these. */
  private static final Set<String> INTERNAL =
      Set.of(
          "__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata");

  private TopicNames() {}

  /**
   * Checks a name.
   *
   * @return the name
   * @throws IllegalArgumentException if no topic can have it, with a message for the user
   */
  public static String checked(String name) {
    if (!FORM.matcher(name).matches() || FOLDERS.contains(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' can't be the name of a topic; write 1 to 249 of the characters a-z, A-Z, 0-9,"
              + " '.', '_' and '-', and not '.' or '..' alone");
    }
    return name;
  }

  /**
   * Checks the name of a topic to write to.
   *
   * @param what what names it, such as {@code --topic=NAME}
   * @throws IllegalArgumentException if it is one of Kafka's own, with a message for the user
   */
  public static void refuseInternal(String what, String name) {
    if (INTERNAL.contains(name)) {
      throw new IllegalArgumentException(
          what + " is a topic in which Kafka keeps its own state; name another topic");
    }
  }

  /** Converts the text of an option to the name of a topic. */
  public static final class Converter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Commands.converted(text, TopicNames::checked);
    }
  }
}
