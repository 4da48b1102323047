package coarsen.pipeline.write;

import coarsen.outputs.Location;
import coarsen.outputs.RowFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A folder of row files in any file system that Beam knows. One that is not there has no files, for
 * object stores have no folders.
 */
public final class BeamRowFolder implements RowFolder {
  private final ResourceId folder;

  /** A folder that may not be there. */
  public BeamRowFolder(Location.Files location) {
    folder = FileSystems.matchNewResource(location.directory(), true);
  }

  @Override
  public List<String> names() throws IOException {
    MatchResult found = FileSystems.match(folder + "*", EmptyMatchTreatment.ALLOW);
    return found.metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .filter(file -> !file.isDirectory())
        .map(ResourceId::getFilename)
        .toList();
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Channels.newInputStream(
        FileSystems.open(folder.resolve(name, StandardResolveOptions.RESOLVE_FILE)));
  }
}
