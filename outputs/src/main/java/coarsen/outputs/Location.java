package coarsen.outputs;

import coarsen.kafka.TopicNames;
import java.io.Serializable;

/** Where rows are written to and read from: {@code topic:NAME} or {@code files:DIR}. */
public sealed interface Location extends Serializable {

  /** Whether another location is the same place, however it is spelled. */
  boolean isSamePlaceAs(Location other);

  /** A Kafka topic with one row a message. */
  record Topic(String name) implements Location {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if no topic can have it
     */
    public Topic {
      TopicNames.checked(name);
    }

    @Override
    public boolean isSamePlaceAs(Location other) {
      return equals(other);
    }

    @Override
    public String toString() {
      return "topic:" + name;
    }
  }

  /** A folder of files with one row a line, in any file system that Beam supports. */
  record Files(String directory) implements Location {
    @Override
    public boolean isSamePlaceAs(Location other) {
      return other instanceof Files files
          && FolderNames.canonical(directory).equals(FolderNames.canonical(files.directory()));
    }

    @Override
    public String toString() {
      return "files:" + directory;
    }
  }

  /**
   * Parses a location.
   *
   * @throws IllegalArgumentException if the text has another form, or no topic can have the name
   */
  static Location parse(String text) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    if (colon > 0 && !rest.isBlank()) {
      String kind = text.substring(0, colon);
      if (kind.equals("topic")) {
        return new Topic(rest);
      }
      if (kind.equals("files")) {
        return new Files(rest);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a place for rows; write topic:NAME or files:DIR");
  }
}
