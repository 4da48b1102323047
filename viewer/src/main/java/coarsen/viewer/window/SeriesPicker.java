package coarsen.viewer.window;

import coarsen.viewer.model.Selection;
import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesList;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.plot.Theme;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/**
 * A list to search for series and to pick those that are shown. Down goes from the search to the
 * list, space or Enter picks, Esc closes.
 */
final class SeriesPicker extends JPanel {
  private static final long serialVersionUID = 1L;
  private static final int WIDTH = 330;
  private static final int ROW = 22;
  private static final int LISTED = 500;
  private static final long NANOS_PER_SEARCH = 2_000_000_000;

  @SuppressWarnings("serial") // Never serialized, like all of this component.
  private final ViewModel model;

  @SuppressWarnings("serial")
  private final Consumer<Selection> onSelect;

  private final JTextField search = new JTextField();
  private final JLabel found = new JLabel(" ");
  private final JLabel message = new JLabel(" ");
  private final JButton none = new JButton("none");
  private final JButton reset = new JButton("as at the start");
  private final SeriesCell cell = new SeriesCell();
  private final JList<SeriesList.Entry> list = new JList<>();

  @SuppressWarnings("serial")
  private Selection.Picked picked = Selection.Picked.allReadings();

  private String refusal = "";
  private long searchedAt;

  /**
   * @param onSelect gets what is to be shown
   * @param start what was shown at the start
   * @param onClose called when this panel has been hidden
   */
  SeriesPicker(
      ViewModel model,
      Theme theme,
      Selection start,
      Consumer<Selection> onSelect,
      Runnable onClose) {
    super(new BorderLayout(0, 6));
    this.model = model;
    this.onSelect = onSelect;
    setName("picker");
    setVisible(false);
    setPreferredSize(new Dimension(WIDTH, 0));
    setBorder(BorderFactory.createEmptyBorder(14, 4, 8, 14));
    search.setName("search");
    search.getAccessibleContext().setAccessibleName("search for series");
    message.setName("message");
    list.setName("series");
    list.setFixedCellHeight(ROW);
    list.setFixedCellWidth(WIDTH - 40); // Else the list measures each of its rows.
    list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    list.setCellRenderer(cell);
    none.addActionListener(pressed -> onSelect.accept(new Selection.Picked(Map.of())));
    reset.addActionListener(pressed -> onSelect.accept(start));
    var buttons = new JPanel(new GridLayout(1, 2, 6, 0));
    buttons.add(none);
    buttons.add(reset);
    var top = panel(search, found);
    var bottom = panel(message, buttons);
    add(top, BorderLayout.NORTH);
    add(new JScrollPane(list), BorderLayout.CENTER);
    add(bottom, BorderLayout.SOUTH);
    for (JComponent each : List.of(this, top, bottom, buttons, search, found, message, list)) {
      each.setBackground(theme.background());
      each.setForeground(theme.ink());
      each.setFont(SeriesCell.FONT);
    }
    search.setCaretColor(theme.ink());
    search.getDocument().addDocumentListener(new SearchWhenTyped());
    list.addMouseListener(new PickWhenClicked());
    Keys.bind(
        search,
        WHEN_FOCUSED,
        KeyStroke.getKeyStroke(KeyEvent.VK_DOWN, 0),
        list::requestFocusInWindow);
    Keys.bind(search, WHEN_FOCUSED, KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), this::toggle);
    Keys.bind(list, WHEN_FOCUSED, KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), this::toggle);
    Keys.bind(
        list, WHEN_FOCUSED, KeyStroke.getKeyStroke(' '), this::toggle); // Would pause otherwise.
    KeyStroke escape = KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0);
    Keys.bind(this, WHEN_ANCESTOR_OF_FOCUSED_COMPONENT, escape, () -> close(onClose));
  }

  private static JPanel panel(JComponent upper, JComponent lower) {
    var panel = new JPanel(new BorderLayout(0, 6));
    panel.add(upper, BorderLayout.NORTH);
    panel.add(lower, BorderLayout.SOUTH);
    return panel;
  }

  /** Begins a new search. */
  void open() {
    setVisible(true);
    search.selectAll();
    search.requestFocusInWindow();
    searchNow();
  }

  private void close(Runnable onClose) {
    setVisible(false);
    onClose.run();
  }

  /** Shows which series are picked, and from time to time which have arrived. */
  void show(SeriesChoice choice) {
    picked = choice.picked();
    cell.setPicked(picked.colours().keySet());
    String shown = picked.colours().size() + " of at most " + Selection.MOST + " are shown";
    message.setText(refusal.isEmpty() ? shown : refusal);
    if (isVisible() && System.nanoTime() - searchedAt > NANOS_PER_SEARCH) {
      searchNow();
    }
    list.repaint();
  }

  private void searchNow() {
    searchedAt = System.nanoTime();
    String text = search.getText();
    SeriesList result = model.search(text, LISTED);
    List<SeriesList.Entry> rows = new ArrayList<>();
    if (SeriesCell.ALL_READINGS.contains(text.toLowerCase(Locale.ROOT))) {
      rows.add(new SeriesList.Entry(Selection.ALL_READINGS, Double.NaN, Double.NaN));
    }
    rows.addAll(result.first());
    int selected = Math.max(0, list.getSelectedIndex());
    list.setListData(rows.toArray(new SeriesList.Entry[0]));
    list.setSelectedIndex(Math.min(selected, rows.size() - 1));
    found.setText(
        String.format(
            Locale.ROOT,
            "%,d of %s%,d series%s",
            result.matching(),
            result.isComplete() ? "" : "more than ",
            result.known(),
            result.matching() > LISTED ? "; the first " + LISTED + " are listed" : ""));
  }

  private void toggle() {
    SeriesList.Entry entry = list.getSelectedValue();
    if (entry == null) {
      return;
    }
    String name = entry.name();
    try {
      refusal = "";
      onSelect.accept(
          picked.colours().containsKey(name) ? picked.without(name) : picked.with(name));
    } catch (IllegalArgumentException e) {
      refusal = String.valueOf(e.getMessage());
      message.setText(refusal);
    }
  }

  private final class SearchWhenTyped implements DocumentListener {
    @Override
    public void insertUpdate(DocumentEvent event) {
      refusal = "";
      list.clearSelection();
      searchNow();
    }

    @Override
    public void removeUpdate(DocumentEvent event) {
      insertUpdate(event);
    }

    @Override
    public void changedUpdate(DocumentEvent event) {}
  }

  private final class PickWhenClicked extends MouseAdapter {
    @Override
    public void mouseClicked(MouseEvent event) {
      if (list.locationToIndex(event.getPoint()) >= 0) {
        toggle();
      }
    }
  }
}
