package coarsen.viewer.window;

import coarsen.viewer.model.Selection;
import coarsen.viewer.model.SeriesList;
import coarsen.viewer.plot.Values;
import java.awt.Component;
import java.awt.Font;
import java.util.Set;
import javax.swing.JCheckBox;
import javax.swing.JList;
import javax.swing.ListCellRenderer;

/** Draws a series of a list with its newest mean and its spread, checked if it is picked. */
final class SeriesCell extends JCheckBox implements ListCellRenderer<SeriesList.Entry> {
  static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final String ALL_READINGS = "all readings";

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Never serialized.
  private Set<String> picked = Set.of();

  /** Sets the names that are checked. */
  void setPicked(Set<String> names) {
    picked = Set.copyOf(names);
  }

  @Override
  public Component getListCellRendererComponent(
      JList<? extends SeriesList.Entry> list,
      SeriesList.Entry entry,
      int index,
      boolean isSelected,
      boolean hasFocus) {
    boolean isAll = entry.name().equals(Selection.ALL_READINGS);
    String statistics =
        Double.isNaN(entry.last())
            ? ""
            : "  " + Values.rounded(entry.last()) + ", spread " + Values.rounded(entry.spread());
    setText((isAll ? ALL_READINGS : entry.name()) + statistics);
    setToolTipText(getText());
    setSelected(picked.contains(entry.name()));
    setFont(FONT);
    setBackground(isSelected ? list.getSelectionBackground() : list.getBackground());
    setForeground(isSelected ? list.getSelectionForeground() : list.getForeground());
    return this;
  }
}
