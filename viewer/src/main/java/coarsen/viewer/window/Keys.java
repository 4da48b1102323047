package coarsen.viewer.window;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/** Makes keys work in a component. */
final class Keys {
  private Keys() {}

  /**
   * Makes a key have an effect.
   *
   * @param when one of the conditions of {@link JComponent}, such as {@code WHEN_FOCUSED}
   */
  static void bind(JComponent component, int when, KeyStroke key, Runnable effect) {
    component.getInputMap(when).put(key, key.toString());
    component
        .getActionMap()
        .put(
            key.toString(),
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent event) {
                effect.run();
              }
            });
  }
}
