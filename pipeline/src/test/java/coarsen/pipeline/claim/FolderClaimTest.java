package coarsen.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import coarsen.outputs.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderClaimTest {
  private static final Duration PATIENCE = Duration.ofMillis(150);
  private static final Claimant ELSEWHERE =
      new Claimant(Instant.parse("2026-11-25T14:30:00Z"), 4711, "0123abcd", "unknown", "elsewhere");

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @BeforeEach
  void name() {
    file = folder.resolve(FolderClaim.FILE);
  }

  private FolderClaim take(Claimant self) throws IOException {
    return FolderClaim.take(new Location.Files(folder.toString()), self, PATIENCE);
  }

  @Test
  void aFolderIsClaimedUntilTheClaimIsClosed() throws IOException {
    Claimant self = Claimant.here();
    try (FolderClaim claim = take(self)) {
      assertEquals(self.text() + " 0\n", Files.readString(file));
      assertEquals(Optional.empty(), claim.renew());
      assertEquals(self.text() + " 1\n", Files.readString(file));
      var refused = assertThrows(CommandException.class, () -> take(Claimant.here()));
      assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
      assertEquals(
          "files:" + folder + " is in use by " + self + "; stop that run, or name another output",
          refused.getMessage());
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void theClaimOfAProcessThatIsGoneIsTakenOverAtOnce() throws IOException {
    Claimant self = Claimant.here();
    var gone =
        new Claimant(self.since(), Integer.MAX_VALUE, "0123abcd", self.process(), self.host());
    assumeTrue(gone.isAlive().isPresent(), "only Linux tells which processes are gone");
    Files.writeString(file, gone.text() + " 7\n");
    try (FolderClaim claim = FolderClaim.take(location(), self, Duration.ofDays(1))) {
      assertEquals(Optional.empty(), claim.renew());
    }
  }

  @Test
  void theClaimOfAnotherHostIsTakenOverIfItShowsNoSignOfLife() throws IOException {
    Files.writeString(file, ELSEWHERE.text() + " 7\n");
    try (FolderClaim claim = take(Claimant.here())) {
      assertEquals(Optional.empty(), claim.renew());
    }
  }

  @Test
  void theClaimOfAnotherHostThatIsRenewedStands() throws Exception {
    Files.writeString(file, ELSEWHERE.text() + " 0\n");
    var over = new AtomicBoolean();
    CompletableFuture<Void> renewals =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; !over.get(); i++) {
                write(ELSEWHERE.text() + " " + i + "\n");
                LockSupport.parkNanos(1_000_000);
              }
            });
    try {
      var refused =
          assertThrows(
              CommandException.class,
              () -> FolderClaim.take(location(), Claimant.here(), Duration.ofMinutes(1)));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("process 4711 on elsewhere, since 2026-11-25"), message);
    } finally {
      over.set(true);
      renewals.get();
    }
  }

  /** Writes the whole file at once, so that nobody finds it empty. */
  private void write(String text) {
    try {
      Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The other run has a moment for writing, in which a busy machine may not get to it. */
  @Test
  void aClaimThatIsJustBeingWrittenIsSeen() throws Exception {
    boolean isSeen = false;
    for (int i = 0; i < 20 && !isSeen; i++) {
      isSeen = isSeenWhileBeingWritten();
    }
    assertTrue(isSeen);
  }

  private boolean isSeenWhileBeingWritten() throws Exception {
    write("");
    Claimant other = Claimant.here();
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(
            () -> {
              LockSupport.parkNanos(20_000_000);
              write(other.text() + " 0\n");
            });
    try {
      take(Claimant.here()).close();
      return false;
    } catch (CommandException e) {
      return true;
    } finally {
      written.get();
    }
  }

  @Test
  void aClaimIsConfirmedUnlessAnotherRunWroteItsOwnAtTheSameTime() throws IOException {
    try (FolderClaim claim = take(Claimant.here())) {
      assertTrue(isConfirmed(claim));
      Files.writeString(file, ELSEWHERE.text() + " 0\n");
      var refused = assertThrows(CommandException.class, () -> isConfirmed(claim));
      assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
    }
  }

  private static boolean isConfirmed(FolderClaim claim) throws IOException {
    for (int look = 0; look < 20; look++) {
      if (claim.confirm()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theEmptyFileThatAFullDiskLeavesIsDeleted() throws IOException {
    FolderClaim claim = take(Claimant.here());
    Files.writeString(file, "");
    claim.close();
    assertFalse(Files.exists(file));
  }

  @Test
  void whoseFolderWasTakenOverLearnsByWhom() throws IOException {
    try (FolderClaim claim = take(Claimant.here())) {
      Files.writeString(file, ELSEWHERE.text() + " 0\n");
      assertEquals(Optional.of(ELSEWHERE), claim.renew());
      assertEquals(ELSEWHERE.text() + " 0\n", Files.readString(file));
    }
    assertTrue(Files.exists(file), "the other's claim is not deleted");
  }

  private Location.Files location() {
    return new Location.Files(folder.toString());
  }
}
