package coarsen.outputs;

import coarsen.command.Commands;
import picocli.CommandLine.ITypeConverter;

/** Converts the text of an option to a {@link Location}. */
public final class LocationConverter implements ITypeConverter<Location> {
  @Override
  public Location convert(String text) {
    return Commands.converted(text, Location::parse);
  }
}
