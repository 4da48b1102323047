package coarsen.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.Topics;
import coarsen.pipeline.scope.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SourceWatchTest {
  private static final Topics.Description TOPIC = new Topics.Description(Uuid.randomUuid(), 4);

  private final RunFailure failure = new RunFailure();
  private final List<String> warnings = new ArrayList<>();
  private final SourceWatch watch = new SourceWatch("readings", TOPIC, failure, warnings::add);

  private String reason() {
    return failure.reason().map(Throwable::getMessage).orElse("");
  }

  @Test
  void aTopicThatStaysWhatItIsIsFine() {
    watch.look(Optional.of(TOPIC));
    watch.look(Optional.of(TOPIC));
    assertEquals("", reason());
  }

  @Test
  void aTopicThatWasDeletedAndCreatedAgainEndsTheRun() {
    Uuid id = Uuid.randomUuid();
    watch.look(Optional.of(new Topics.Description(id, 4)));
    assertTrue(
        reason().startsWith("topic 'readings' was deleted and created again while it was read"));
    assertTrue(reason().contains("now " + id), reason());
  }

  @Test
  void aTopicThatIsMissingForAMomentIsWaitedForAndADeletedOneEndsTheRun() {
    watch.look(Optional.empty());
    watch.look(Optional.empty());
    watch.look(Optional.of(TOPIC));
    watch.look(Optional.empty());
    watch.look(Optional.empty());
    assertEquals("", reason());
    watch.look(Optional.empty());
    assertTrue(reason().startsWith("topic 'readings' was deleted while it was read"));
  }

  @Test
  void aLookThatFailsIsFollowedByOthers() {
    watch.ask(
        () -> {
          throw new IllegalStateException("unexpected");
        });
    assertEquals("", reason());
    watch.ask(() -> Optional.of(new Topics.Description(Uuid.randomUuid(), 4)));
    assertTrue(reason().contains("created again"), reason());
  }

  @Test
  void anErrorEndsTheRun() {
    watch.ask(
        () -> {
          throw new OutOfMemoryError("no more");
        });
    assertEquals(
        "could not look at topic 'readings': java.lang.OutOfMemoryError: no more", reason());
  }

  @Test
  void addedPartitionsDoNotEndTheRunAndAreWarnedOfOnceEachTime() {
    watch.look(Optional.of(TOPIC));
    assertEquals(List.of(), warnings);
    watch.look(Optional.of(new Topics.Description(TOPIC.id(), 8)));
    watch.look(Optional.of(new Topics.Description(TOPIC.id(), 8)));
    watch.look(Optional.of(new Topics.Description(TOPIC.id(), 9)));
    assertEquals("", reason());
    assertEquals(
        List.of(
            "topic 'readings' has 8 partitions now, of which this run reads 4; stop it and start it again to read all",
            "topic 'readings' has 9 partitions now, of which this run reads 4; stop it and start it again to read all"),
        warnings);
  }
}
