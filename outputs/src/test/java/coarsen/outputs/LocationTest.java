package coarsen.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LocationTest {
  @Test
  void aLocationIsATopicOrAFolder() {
    assertEquals(new Location.Topic("raw"), Location.parse("topic:raw"));
    assertEquals(new Location.Files("s3://bucket/raw"), Location.parse("files:s3://bucket/raw"));
    for (String text :
        new String[] {
          "", "raw", "topic:", "topic:a b", "topic:..", "files: ", "folder:raw", ":raw"
        }) {
      assertThrows(IllegalArgumentException.class, () -> Location.parse(text), text);
    }
  }
}
