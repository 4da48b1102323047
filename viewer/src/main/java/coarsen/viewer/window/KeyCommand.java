package coarsen.viewer.window;

import java.awt.event.KeyEvent;
import java.util.List;
import javax.swing.KeyStroke;

/** What can be done with a key. */
enum KeyCommand {
  PAUSE("space", "pause, go on", KeyStroke.getKeyStroke(' ')),
  FOLLOW("Esc", "follow what comes again", KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0)),
  WIDEN("+", "show twice as much time", KeyStroke.getKeyStroke('+'), KeyStroke.getKeyStroke('=')),
  NARROW("−", "show half as much time", KeyStroke.getKeyStroke('-')),
  SAVE_PNG("s", "save the picture as PNG", KeyStroke.getKeyStroke('s')),
  SAVE_SVG("v", "save the picture as SVG", KeyStroke.getKeyStroke('v')),
  SAVE_CSV("c", "save the points as CSV", KeyStroke.getKeyStroke('c')),
  HELP("?", "show or hide this", KeyStroke.getKeyStroke('?'));

  private static final List<String> MOUSE =
      List.of(
          "drag\tzoom into a time, and pause",
          "point\ttell the values",
          "click\tin the legend: hide or show a line");

  private final String key;
  private final String does;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes it.
  private final List<KeyStroke> strokes;

  KeyCommand(String key, String does, KeyStroke... strokes) {
    this.key = key;
    this.does = does;
    this.strokes = List.of(strokes);
  }

  List<KeyStroke> strokes() {
    return strokes;
  }

  /** One line for each key and for what the mouse does: what to press, a tab, what it does. */
  static List<String> help() {
    var lines = new java.util.ArrayList<String>();
    for (KeyCommand command : values()) {
      lines.add(command.key + "\t" + command.does);
    }
    lines.addAll(MOUSE);
    return lines;
  }
}
