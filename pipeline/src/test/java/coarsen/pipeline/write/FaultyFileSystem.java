package coarsen.pipeline.write;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A file system that keeps nothing: on {@code faulty://full} the disk is full, and on {@code
 * faulty://unchecked} a rename throws what no one declares.
 */
public final class FaultyFileSystem extends FileSystem<FaultyFileSystem.Name> {

  /** Makes it known to Beam, in tests. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new FaultyFileSystem());
    }
  }

  /** The name of a file. */
  record Name(String text, boolean isDirectory) implements ResourceId {
    private static final long serialVersionUID = 1L;

    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new Name(
          text + "/" + other, options == ResolveOptions.StandardResolveOptions.RESOLVE_DIRECTORY);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Name(text.substring(0, text.lastIndexOf('/')), true);
    }

    @Override
    public String getScheme() {
      return "faulty";
    }

    @Override
    public String getFilename() {
      return text.substring(text.lastIndexOf('/') + 1);
    }
  }

  private record FullDisk() implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private record Nowhere() implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      bytes.position(bytes.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Override
  protected WritableByteChannel create(Name name, CreateOptions options) {
    return name.text().startsWith("faulty://full") ? new FullDisk() : new Nowhere();
  }

  @Override
  protected void rename(List<Name> from, List<Name> to, MoveOptions... options) {
    throw new IllegalStateException("the store has failed");
  }

  @Override
  protected void delete(Collection<Name> names) {}

  @Override
  protected Name matchNewResource(String text, boolean isDirectory) {
    return new Name(text, isDirectory);
  }

  @Override
  protected String getScheme() {
    return "faulty";
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected ReadableByteChannel open(Name name) throws IOException {
    throw new FileNotFoundException(name.text());
  }

  @Override
  protected void copy(List<Name> from, List<Name> to) {
    throw new UnsupportedOperationException();
  }
}
