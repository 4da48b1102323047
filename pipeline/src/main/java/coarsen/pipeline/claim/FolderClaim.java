package coarsen.pipeline.claim;

import coarsen.command.CommandException;
import coarsen.outputs.Location;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims a folder by a file in it, in any file system that Beam knows: few of those have locks. The
 * file says who writes to the folder, with a number that grows with each {@link #renew}. A claim
 * whose number stays the same was left by a run that was killed.
 */
final class FolderClaim implements Claim {
  /** Readers skip it, because it begins with a dot. */
  static final String FILE = ".in-use";

  private static final Logger LOG = LoggerFactory.getLogger(FolderClaim.class);
  private static final String MIME_TYPE = "text/plain";
  private static final long LOOK_NANOS = 50_000_000;

  /** Longer than another run takes from its look for a claim to the end of its write. */
  private static final long SETTLED_NANOS = 200_000_000;

  private final Location location;
  private final Claimant self;
  private final ResourceId file;
  private long renewals;
  private long writtenAt;

  private FolderClaim(Location.Files location, Claimant self) {
    this.location = location;
    this.self = self;
    file =
        FileSystems.matchNewResource(location.directory(), true)
            .resolve(FILE, StandardResolveOptions.RESOLVE_FILE);
  }

  /**
   * Claims a folder that is there.
   *
   * @param patience how long to wait for a sign of life of a claimant elsewhere
   * @throws CommandException if another run writes to it
   * @throws IOException if the folder can't be read or written
   */
  static FolderClaim take(Location.Files location, Claimant self, Duration patience)
      throws IOException {
    var claim = new FolderClaim(location, self);
    claim
        .refuseIfInUse(patience)
        .ifPresent(
            holder ->
                LOG.warn(
                    "{} was left without a clean end by {}; taking it over", location, holder));
    claim.write();
    claim.writtenAt = System.nanoTime();
    return claim;
  }

  /**
   * Checks, without writing anything, that no other run writes to a folder, which need not be
   * there.
   *
   * @throws CommandException if another run does
   * @throws IOException if the folder can't be read
   */
  static void checkFree(Location.Files location, Duration patience) throws IOException {
    var unused = new FolderClaim(location, Claimant.here()).refuseIfInUse(patience);
  }

  /** Who left the folder without a clean end, if anybody did. */
  private Optional<Claimant> refuseIfInUse(Duration patience) throws IOException {
    Optional<Claimant> holder = holder();
    if (holder.isPresent() && isInUse(holder.get(), patience)) {
      throw OutputClaims.inUse(location, holder.get());
    }
    return holder;
  }

  private boolean isInUse(Claimant holder, Duration patience) throws IOException {
    Optional<Boolean> alive = holder.isAlive();
    if (alive.isPresent()) {
      return alive.get();
    }
    LOG.info("waiting up to {} s for a sign of life of {}", patience.toSeconds(), holder);
    String then = read();
    long end = System.nanoTime() + patience.toNanos();
    do {
      LockSupport.parkNanos(LOOK_NANOS);
      String now = read();
      if (!now.isEmpty() && !now.equals(then)) {
        return true;
      }
    } while (System.nanoTime() - end < 0);
    return false;
  }

  @Override
  public boolean confirm() throws IOException {
    if (System.nanoTime() - writtenAt < SETTLED_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
      return false;
    }
    Optional<Claimant> other = renew();
    if (other.isPresent()) {
      throw OutputClaims.inUse(location, other.get());
    }
    return true;
  }

  @Override
  public Optional<Claimant> renew() throws IOException {
    Optional<Claimant> holder = holder();
    Optional<Claimant> other = holder.filter(found -> !found.equals(self));
    if (other.isEmpty()) {
      if (holder.isEmpty()) {
        LOG.warn("{} is gone; if its folder was deleted, the rows written so far are, too", file);
      }
      write();
    }
    return other;
  }

  @Override
  public void close() {
    try {
      // Also one that is empty, because the disk was full.
      if (holder().filter(holder -> !holder.equals(self)).isEmpty()) {
        FileSystems.delete(List.of(file), StandardMoveOptions.IGNORE_MISSING_FILES);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("can't delete {}; the next run waits a moment because of it", file, e);
    }
  }

  /** Empty if there is no claim. */
  private Optional<Claimant> holder() throws IOException {
    return Claimant.parse(read().split(" ", 2)[0]);
  }

  /** Empty if there is no file; one that is empty is being written, so it is read once more. */
  private String read() throws IOException {
    try {
      String text = readOnce();
      if (text.isEmpty()) {
        LockSupport.parkNanos(LOOK_NANOS);
        text = readOnce();
      }
      return text;
    } catch (FileNotFoundException | NoSuchFileException e) {
      return "";
    }
  }

  private String readOnce() throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write() throws IOException {
    try (OutputStream out = Channels.newOutputStream(FileSystems.create(file, MIME_TYPE))) {
      out.write((self.text() + " " + renewals++ + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
