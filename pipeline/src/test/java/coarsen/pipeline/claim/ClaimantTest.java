package coarsen.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimantTest {
  private static final Instant SINCE = Instant.parse("2026-11-25T14:30:00.250Z");

  @Test
  void itsTextNamesItWhole() {
    Claimant self = Claimant.here();
    assertEquals(Optional.of(self), Claimant.parse(self.text()));
    var other = new Claimant(SINCE, 4711, "0123abcd", "host_1.example");
    assertEquals(Optional.of(other), Claimant.parse(other.text()));
    assertEquals(
        "the run of process 4711 on host_1.example, since 2026-11-25T14:30:00.250Z",
        other.toString());
  }

  @Test
  void otherTextNamesNobody() {
    Stream.of("", "consumer-1", "coarsen_today_4711_0123abcd_host", "coarsen_2026-11-25T14:30:00Z_")
        .forEach(text -> assertEquals(Optional.empty(), Claimant.parse(text), text));
  }

  @Test
  void itsProcessIsAliveUnlessItIsGoneOrBeganLater() {
    Claimant self = Claimant.here();
    assertTrue(self.isHere());
    assertTrue(self.isAlive());
    assertFalse(self.isGone());
    Instant before = self.since().minus(Duration.ofDays(365));
    var reused = new Claimant(before, self.pid(), "0123abcd", self.host());
    assertFalse(reused.isAlive());
    assertTrue(reused.isGone());
    var none = new Claimant(self.since(), Integer.MAX_VALUE, "0123abcd", self.host());
    assertTrue(none.isGone());
  }

  @Test
  void ofOneOnAnotherHostNobodyKnowsThatItIsGone() {
    assertFalse(new Claimant(SINCE, Integer.MAX_VALUE, "0123abcd", "elsewhere").isGone());
  }
}
