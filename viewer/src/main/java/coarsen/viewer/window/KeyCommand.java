package coarsen.viewer.window;

import java.awt.event.KeyEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/** What a key does in the window. */
enum KeyCommand {
  PAUSE("space", "pause or continue", KeyStroke.getKeyStroke(' ')),
  FOLLOW("Esc", "follow the newest rows again", KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0)),
  WIDEN("+", "show twice as much time", KeyStroke.getKeyStroke('+'), KeyStroke.getKeyStroke('=')),
  NARROW("−", "show half as much time", KeyStroke.getKeyStroke('-')),
  GRID("g", "a plot for each series, or one for all", KeyStroke.getKeyStroke('g')),
  LIST("l", "list the series, to search and pick", KeyStroke.getKeyStroke('l')),
  SAVE_PNG("s", "save the picture as PNG", KeyStroke.getKeyStroke('s')),
  SAVE_SVG("v", "save the picture as SVG", KeyStroke.getKeyStroke('v')),
  SAVE_CSV("c", "save the points as CSV", KeyStroke.getKeyStroke('c')),
  HELP("?", "show or hide this list", KeyStroke.getKeyStroke('?'));

  /**
   * A line of the help.
   *
   * @param input a key or a mouse action
   * @param effect what it does
   */
  record Help(String input, String effect) {}

  private static final List<Help> MOUSE =
      List.of(
          new Help("drag", "zoom into a time range and pause"),
          new Help("point", "show the values"),
          new Help("click", "in the legend: hide or show a line"));

  private final String key;
  private final String effect;

  @SuppressWarnings("ImmutableEnumChecker") // List.of can't be changed.
  private final List<KeyStroke> strokes;

  KeyCommand(String key, String effect, KeyStroke... strokes) {
    this.key = key;
    this.effect = effect;
    this.strokes = List.of(strokes);
  }

  /** Makes the keys work in the whole window of a component. */
  static void bind(JComponent root, Consumer<KeyCommand> run) {
    for (KeyCommand command : values()) {
      for (KeyStroke key : command.strokes) {
        Keys.bind(root, JComponent.WHEN_IN_FOCUSED_WINDOW, key, () -> run.accept(command));
      }
    }
  }

  /** What all keys do, then what the mouse does. */
  static List<Help> help() {
    return Stream.concat(
            Stream.of(values()).map(command -> new Help(command.key, command.effect)),
            MOUSE.stream())
        .toList();
  }
}
