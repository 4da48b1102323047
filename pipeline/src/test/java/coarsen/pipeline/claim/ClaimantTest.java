package coarsen.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    var other = new Claimant(SINCE, 4711, "0123abcd", "unknown", "host_1.example");
    assertEquals(Optional.of(other), Claimant.parse(other.text()));
    assertEquals(
        "the run of process 4711 on host_1.example, since 2026-11-25T14:30:00.250Z",
        other.toString());
  }

  @Test
  void otherTextNamesNobody() {
    Stream.of(
            "",
            "consumer-1",
            "coarsen_today_4711_0123abcd_unknown_host",
            "coarsen_2026-11-25T14:30:00Z_")
        .forEach(text -> assertEquals(Optional.empty(), Claimant.parse(text), text));
  }

  @Test
  void itsProcessIsAliveUnlessItsNumberIsGoneOrMeansAnother() {
    Claimant self = Claimant.here();
    assumeTrue(!self.process().equals("unknown"), "only Linux tells processes apart for all time");
    assertEquals(Optional.of(true), self.isAlive());
    String before = self.process().substring(0, self.process().length() - 1);
    assertEquals(Optional.of(false), of(self, self.pid(), before).isAlive());
    assertEquals(Optional.of(false), of(self, Integer.MAX_VALUE, self.process()).isAlive());
  }

  @Test
  void ofAProcessElsewhereNobodyKnowsWhetherItIsAlive() {
    Claimant self = Claimant.here();
    assertEquals(Optional.empty(), of(self, self.pid(), "unknown").isAlive());
    assertEquals(Optional.empty(), of(self, self.pid(), "0" + self.process()).isAlive());
  }

  private static Claimant of(Claimant self, long pid, String process) {
    return new Claimant(self.since(), pid, "0123abcd", process, self.host());
  }
}
