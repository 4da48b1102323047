package coarsen.viewer.window;

import coarsen.viewer.model.OutputState;
import coarsen.viewer.model.StatusText;
import coarsen.viewer.plot.Theme;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** The lines below the plot: two with the state of the outputs, and one with the last message. */
final class StatusBar extends JComponent {
  private static final long serialVersionUID = 1L;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final int MARGIN = 14;
  private static final int LINE = 20;
  private static final int LINES = 3;
  private static final int DOT = 9;
  private static final int GAP = 18;

  private final Theme theme;

  @SuppressWarnings("serial") // Never written.
  private List<StatusText> parts = List.of();

  private String message = "? lists the keys";

  StatusBar(Theme theme) {
    this.theme = theme;
    setName("status");
    setPreferredSize(new Dimension(0, LINES * LINE + MARGIN));
  }

  void show(List<StatusText> newParts) {
    parts = newParts;
    repaint();
  }

  /** Shows a message until the next one. */
  void showMessage(String text) {
    message = text;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    var g = (Graphics2D) graphics.create();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(theme.background());
    g.fillRect(0, 0, getWidth(), getHeight());
    g.setFont(FONT);
    FontMetrics metrics = g.getFontMetrics();
    int x = MARGIN;
    int y = LINE - 6;
    for (StatusText part : parts) {
      int width = metrics.stringWidth(part.text()) + (part.state() == null ? 0 : DOT + 5);
      if (x > MARGIN && x + width > getWidth() - MARGIN && y < LINE) {
        x = MARGIN;
        y += LINE;
      }
      paint(g, part, x, y);
      x += width + GAP;
    }
    g.setColor(theme.ink());
    g.drawString(message, MARGIN, LINES * LINE - 6);
    g.dispose();
  }

  private void paint(Graphics2D g, StatusText part, int x, int y) {
    Color color = color(part.state());
    int textX = x;
    if (color != null) {
      g.setColor(color);
      g.fillOval(x, y - DOT, DOT, DOT);
      textX += DOT + 5;
    }
    g.setColor(part.state() == OutputState.GONE && color != null ? color : theme.ink());
    g.drawString(part.text(), textX, y);
  }

  static @Nullable Color color(@Nullable OutputState state) {
    if (state == null) {
      return null;
    }
    return switch (state) {
      case WAITING -> new Color(0x8A, 0x8F, 0x98);
      case LIVE -> new Color(0x2E, 0xA0, 0x43);
      case STALE -> new Color(0xE0, 0x8A, 0x00);
      case GONE -> new Color(0xD0, 0x2C, 0x2C);
    };
  }
}
