package coarsen.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/** Fonts, strokes and colours that all plots share. */
final class Styling {
  /** The share of the plot's width and height that the axes cover; the rest is margin. */
  static final double CONTENT = 0.96;

  static final int LEGEND_LINE = 44;

  static final BasicStroke SOLID =
      new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** For the readings of one series of several. */
  static final BasicStroke THIN =
      new BasicStroke(1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** For a line that {@link Dashes} has cut. */
  static final BasicStroke CUT =
      new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  /** Behind the dashes, as red is hard to see on the solid blue of many readings. */
  static final BasicStroke HALO = new BasicStroke(5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  static final BasicStroke DASHED =
      new BasicStroke(
          2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 5f}, 0f);

  private Styling() {}

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  static void apply(Theme theme, XYStyler styler) {
    styler.setChartBackgroundColor(theme.background()).setChartFontColor(theme.ink());
    styler.setChartPadding(14);
    styler.setChartTitleFont(font(Font.BOLD, 18)).setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(10);
    styler.setAxisTitleFont(font(Font.BOLD, 14)).setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setAxisTickLabelsColor(theme.ink()).setAxisTickMarksColor(theme.ink());
    styler.setXAxisTitleColor(theme.ink()).setYAxisTitleColor(theme.ink());
    styler.setAxisTickPadding(8);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setPlotBackgroundColor(theme.background()).setPlotBorderColor(theme.grid());
    styler.setPlotContentSize(CONTENT);
    styler.setPlotGridLinesColor(theme.grid()).setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendFont(font(Font.PLAIN, 14)).setLegendBorderColor(theme.background());
    styler.setLegendBackgroundColor(theme.background());
    styler.setLegendSeriesLineLength(LEGEND_LINE).setLegendPadding(12).setMarkerSize(7);
  }

  /** For one of many plots beside each other, which are read one against the other. */
  static void applySmall(XYStyler styler) {
    styler.setChartPadding(6).setChartTitleFont(font(Font.BOLD, 13)).setChartTitlePadding(4);
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 11)).setAxisTickPadding(4);
    styler.setXAxisTitleVisible(false).setYAxisTitleVisible(false);
    styler.setLegendVisible(false).setMarkerSize(5);
  }
}
