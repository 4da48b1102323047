package coarsen.viewer.window;

import coarsen.viewer.plot.Theme;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/** Draws what temporarily covers the plot: the badge, the selection, tooltips and the help. */
final class Overlay {
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  private static final Color AMBER = new Color(0xFF, 0xC1, 0x07);
  private static final int LINE = 20;
  private static final int PADDING = 10;
  private static final int KEY_COLUMN = 60;

  private final Graphics2D g;
  private final Theme theme;
  private final int width;
  private final int height;

  Overlay(Graphics2D g, Theme theme, int width, int height) {
    this.g = g;
    this.theme = theme;
    this.width = width;
    this.height = height;
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /** Black on amber, in the upper left corner, beside the title. */
  void badge(String text) {
    g.setFont(BOLD);
    int textWidth = g.getFontMetrics().stringWidth(text);
    int left = 14;
    g.setColor(AMBER);
    g.fillRoundRect(left, 12, textWidth + 2 * PADDING, 26, 13, 13);
    g.setColor(Color.BLACK);
    g.drawString(text, left + PADDING, 30);
  }

  /** The time range that is being dragged over. */
  void selection(int from, int to) {
    g.setColor(theme.ink());
    g.setComposite(AlphaComposite.SrcOver.derive(0.15f));
    g.fillRect(Math.min(from, to), 0, Math.abs(to - from), height);
    g.setComposite(AlphaComposite.SrcOver);
  }

  /** A ring around a point that a tooltip describes. */
  void ring(int x, int y) {
    g.setColor(theme.ink());
    g.setStroke(new BasicStroke(1.4f));
    g.drawOval(x - 7, y - 7, 14, 14);
  }

  /** A box with some lines beside a place, within the picture. */
  void tooltip(List<String> lines, int x, int y) {
    g.setFont(FONT);
    FontMetrics metrics = g.getFontMetrics();
    int boxWidth = lines.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 2 * PADDING;
    int boxHeight = lines.size() * LINE + PADDING;
    int left = Math.max(4, Math.min(x + 16, width - boxWidth - 4));
    int above = y - boxHeight - 16;
    int top = above < 4 ? Math.min(y + 16, height - boxHeight - 4) : above;
    box(left, top, boxWidth, boxHeight);
    for (int i = 0; i < lines.size(); i++) {
      g.drawString(lines.get(i), left + PADDING, top + PADDING / 2 + LINE * i + 15);
    }
  }

  /** Keys and their effects, in the middle. */
  void help(List<KeyCommand.Help> lines) {
    g.setFont(FONT);
    FontMetrics metrics = g.getFontMetrics();
    int textWidth =
        lines.stream().mapToInt(line -> metrics.stringWidth(line.effect())).max().orElse(0);
    int boxWidth = KEY_COLUMN + textWidth + 4 * PADDING;
    int boxHeight = lines.size() * LINE + 3 * PADDING;
    int left = (width - boxWidth) / 2;
    int top = Math.max(4, (height - boxHeight) / 2);
    box(left, top, boxWidth, boxHeight);
    for (int i = 0; i < lines.size(); i++) {
      KeyCommand.Help line = lines.get(i);
      int y = top + PADDING + LINE * i + 18;
      g.setFont(BOLD);
      g.drawString(line.input(), left + 2 * PADDING, y);
      g.setFont(FONT);
      g.drawString(line.effect(), left + 2 * PADDING + KEY_COLUMN, y);
    }
  }

  private void box(int left, int top, int boxWidth, int boxHeight) {
    g.setColor(theme.background());
    g.setComposite(AlphaComposite.SrcOver.derive(0.94f));
    g.fillRoundRect(left, top, boxWidth, boxHeight, 8, 8);
    g.setComposite(AlphaComposite.SrcOver);
    g.setColor(theme.ink());
    g.setStroke(new BasicStroke(1f));
    g.drawRoundRect(left, top, boxWidth, boxHeight, 8, 8);
  }
}
