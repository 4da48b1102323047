package coarsen.outputs;

import coarsen.command.Commands;
import picocli.CommandLine.ITypeConverter;

/** Reads a {@link Location} from the text of an option. */
public final class LocationConverter implements ITypeConverter<Location> {
  @Override
  public Location convert(String text) {
    return Commands.converted(text, Location::parse);
  }
}
