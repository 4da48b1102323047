package coarsen.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {
  private static final String LONGEST = "a".repeat(249);

  @ParameterizedTest
  @ValueSource(strings = {"raw", "A.b_c-9", "...", "-", "__consumer_offsets"})
  void whatABrokerAcceptsIsAccepted(String name) {
    assertEquals(name, TopicNames.checked(name));
    assertEquals(LONGEST, TopicNames.checked(LONGEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "\u00e4", "a b", "a/b", "a:b", "a,b", "a\n"})
  void whatNoBrokerAcceptsIsRefusedWithTheRule(String name) {
    var refused = assertThrows(IllegalArgumentException.class, () -> TopicNames.checked(name));
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith("'" + name + "' can't be the name of a topic; write 1 to 249 of"));
    assertThrows(IllegalArgumentException.class, () -> TopicNames.checked(LONGEST + "a"));
  }

  @Test
  void kafkasOwnTopicsAreNotWrittenTo() {
    TopicNames.refuseInternal("--topic=offsets", "offsets");
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> TopicNames.refuseInternal("--topic=__consumer_offsets", "__consumer_offsets"));
    assertEquals(
        "--topic=__consumer_offsets is a topic in which Kafka keeps its own state; name another topic",
        refused.getMessage());
  }
}
