// Draws pictures: uPlot draws the axes, lines and cursor; this adds bands, densities and dots.

import { valueAxis, valueTicks, value } from "./axes.js";
import { cells, ROOM_ABOVE } from "./density.js";
import { limits, shapes } from "./shapes.js";

export const DASH = [8, 5];
export const HALO_WIDTH = 5; // Around the dashes, as red is hard to see on the blue of many readings.

const DOT_RADIUS = 3.5;
const MARGIN = 0.02; // Share of the range, on each side.
const ROOM_MICROS = 2e6; // Shown on each side of a single moment.
const SHRINK_MILLIS = 10_000; // A half-life of seven seconds.
const MIN_DRAG = 6;
const NULL_EXPAND = 2; // uPlot: a gap ends at the line's own next point, not at another line's.
const MAX_DISTANCE_PIXELS = 24;
const FONT = "13px system-ui, sans-serif";
const TITLE_FONT = "bold 14px system-ui, sans-serif";

export class Chart {
  // onZoom(from, to) is called when the user has dragged over a time range.
  constructor(host, onZoom) {
    this.host = host;
    this.onZoom = onZoom;
    this.hidden = new Set();
    this.eased = null;
    this.isDragged = false; // Holds the picture, which would otherwise move under the mouse.
    this.removal = new AbortController();
    host.addEventListener("mousedown", () => (this.isDragged = true));
    document.addEventListener(
      "mouseup", () => (this.isDragged = false), { capture: true, signal: this.removal.signal });
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(host);
  }

  remove() {
    this.removal.abort();
    this.observer.disconnect();
    this.plot?.destroy();
    this.host.remove();
  }

  // style: zone, band and limits; colours: those of a theme.
  setStyle(style, colours) {
    this.style = style;
    this.colours = colours;
    this.rebuild();
  }

  // isNewView: the picture is unrelated to the one before, so the axis does not ease towards it.
  show(picture, zone, isNewView = false) {
    const lines = all => JSON.stringify(all?.series.map(each => [each.name, each.colour]));
    const sameLines = lines(this.picture) === lines(picture);
    this.picture = picture;
    this.zone = zone;
    this.eased = isNewView || !sameLines ? null : this.eased;
    if (sameLines && this.plot) {
      this.draw();
    } else {
      this.rebuild();
    }
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    if (this.style && this.picture?.series.length > 0) {
      this.plot = new uPlot(this.options(), this.data(), this.host);
      this.host.querySelectorAll(".u-label").forEach(label => (label.title = label.textContent));
      requestAnimationFrame(() => this.fit()); // The height of the legend is known then.
    }
  }

  draw() {
    this.plot?.setData(this.data());
    this.fit();
  }

  fit() {
    const { width, height } = this.size();
    if (this.plot && (this.plot.width !== width || this.plot.height !== height)) {
      this.plot.setSize({ width, height });
    }
  }

  isHidden(name, kind) {
    return this.hidden.has(kind + " " + name);
  }

  // The shapes of all series, and which of their lines are visible.
  visible() {
    return this.picture.series.map(series => ({
      ...shapes(series, this.style.band),
      showOriginals: !this.isHidden(series.name, "originals"),
      showMeans: !this.isHidden(series.name, "means"),
    }));
  }

  // One table for all lines, as uPlot requires: null breaks a line, undefined does not.
  data() {
    this.easeLimits();
    this.shapes = this.visible();
    const tables = this.shapes.flatMap(shape => [table(shape.originals), table(shape.means)]);
    return uPlot.join(tables, tables.map(() => [NULL_EXPAND, NULL_EXPAND]));
  }

  // The axis grows at once and shrinks slowly.
  easeLimits() {
    const wanted = limits(this.picture, this.style.band, (name, kind) => this.isHidden(name, kind));
    const now = performance.now();
    if (wanted && this.eased) {
      const share = 1 - Math.exp((this.easedAt - now) / SHRINK_MILLIS);
      this.eased = {
        low: Math.min(wanted.low, this.eased.low + (wanted.low - this.eased.low) * share),
        high: Math.max(wanted.high, this.eased.high + (wanted.high - this.eased.high) * share),
      };
    } else {
      this.eased = wanted ?? this.eased;
    }
    this.easedAt = now;
  }

  timeRange() {
    const [from, to] = this.picture.range;
    const room = from === to ? ROOM_MICROS : (to - from) * MARGIN;
    return [from - room, to + room];
  }

  valueAxis() {
    const { low, high } = this.eased ?? { low: 0, high: 1 };
    const min = this.style.yMin ?? low;
    const max = this.style.yMax ?? high;
    const room = Math.max(1, Math.abs(min) / 10);
    const pixels = this.plot ? this.plot.bbox.height / devicePixelRatio : this.size().height;
    if (min < max || (this.style.yMin === null && this.style.yMax === null)) {
      return valueAxis(min, max, pixels);
    }
    // All values are beyond the only limit that was set.
    return this.style.yMin === null
      ? valueAxis(max - room, max, pixels)
      : valueAxis(min, min + room, pixels);
  }

  timeTicks(pixels) {
    return this.zone.ticks(...this.timeRange(), pixels);
  }

  valueTicks() {
    return valueTicks(this.valueAxis());
  }

  timeTitle() {
    return "Time (" + this.zone.name + ")";
  }

  size() {
    return {
      width: Math.max(200, this.host.clientWidth),
      height: Math.max(120, this.host.clientHeight - this.legendHeight()),
    };
  }

  // The legend is below the plot.
  legendHeight() {
    const legend = this.host.querySelector(".u-legend");
    return legend === null ? 48 : legend.offsetHeight + 8;
  }

  options() {
    const ink = this.colours.ink;
    const isOneOfMany = this.host.parentElement.children.length > 1;
    const axis = {
      stroke: ink,
      font: FONT,
      labelFont: TITLE_FONT,
      grid: { stroke: this.colours.grid, width: 1 },
      ticks: { stroke: this.colours.grid, width: 1 },
    };
    const places = ticks => ticks.map(tick => tick.at);
    const labels = ticks => ticks.map(tick => tick.label);
    const pixels = plot => plot.bbox.width / devicePixelRatio;
    return {
      ...this.size(),
      padding: [8, 36, 0, 0], // Room for half of the last tick's label.
      scales: {
        x: { time: false, range: () => this.timeRange() },
        y: {
          range: () => {
            const { from, to } = this.valueAxis();
            return [from, to];
          },
        },
      },
      axes: [
        {
          ...axis,
          label: isOneOfMany ? undefined : this.timeTitle(),
          size: isOneOfMany ? 30 : 50,
          splits: plot => places(this.timeTicks(pixels(plot))),
          values: plot => labels(this.timeTicks(pixels(plot))),
        },
        {
          ...axis,
          label: isOneOfMany ? undefined : "Value",
          splits: () => places(this.valueTicks()),
          values: () => labels(this.valueTicks()),
          size: (plot, texts) => 24 + 8 * Math.max(3, ...(texts ?? []).map(text => text.length)),
        },
      ],
      series: [
        { label: "Time", value: (plot, micros) => (micros === null ? "" : this.zone.full(micros)) },
        ...this.picture.series.flatMap((series, index) => this.lines(series, index)),
      ],
      legend: {
        markers: { dash: (plot, line) => (plot.series[line].dash ? "dashed" : "solid") },
      },
      cursor: {
        drag: { x: true, y: false, setScale: false },
        dataIdx: (plot, line, index) => nearest(plot, line, index),
        points: { size: 9 },
      },
      hooks: {
        drawAxes: [plot => this.drawBands(plot), plot => this.drawDensities(plot)],
        drawSeries: [(plot, line) => this.drawHalo(plot, line)],
        draw: [plot => this.drawDots(plot)],
        setSelect: [plot => this.selected(plot)],
        setSeries: [(plot, line, change) => this.toggled(plot, line, change)],
      },
    };
  }

  // Of several series each has one entry in the legend, for both of its lines.
  lines(series, index) {
    const name = series.name;
    return [
      {
        label: originalLabel(series),
        class: series.colour === 0 ? null : "of-means",
        stroke: this.colours.originals[series.colour],
        width: series.colour === 0 ? 1.6 : 1,
        points: { show: false },
        show: !this.isHidden(name, "originals"),
        value: (plot, number) => (number === null || number === undefined ? "" : value(number)),
      },
      {
        label: series.colour === 0 ? meanLabel(series) : series.label,
        stroke: this.colours.means[series.colour],
        width: 2.4,
        dash: DASH,
        points: { show: false },
        show: !this.isHidden(name, "means"),
        value: (plot, number, line, point) => this.meanText(index, plot.data[0][point]),
      },
    ];
  }

  // The mean at a time; of several series the last one where there is no time.
  meanText(index, at) {
    const { means, colour } = this.picture.series[index];
    const i = means.at.indexOf(at);
    if (at === undefined && colour !== 0 && means.avg.length > 0) {
      return value(Number(means.avg.at(-1).toPrecision(6)));
    }
    if (i < 0) {
      return "";
    }
    const state = { EARLY: ", still open", LATE: ", corrected" }[means.pane[i]] ?? "";
    return `${value(Number(means.avg[i].toPrecision(6)))} of ${means.count[i].toLocaleString("en")},`
      + ` ${value(means.min[i])} to ${value(means.max[i])}${state}`;
  }

  toggled(plot, line, change) {
    if (line === null || change.show === undefined) {
      return;
    }
    const { name, colour } = this.picture.series[Math.floor((line - 1) / 2)];
    const entry = (line % 2 === 1 ? "originals " : "means ") + name;
    if (change.show) {
      this.hidden.delete(entry);
    } else {
      this.hidden.add(entry);
    }
    if (colour !== 0 && line % 2 === 0) {
      plot.setSeries(line - 1, change);
    }
    this.eased = null;
    queueMicrotask(() => this.draw());
  }

  selected(plot) {
    const { left, width } = plot.select;
    if (width >= MIN_DRAG) {
      const from = plot.posToVal(left, "x");
      const to = plot.posToVal(left + width, "x");
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.onZoom(Math.floor(from), Math.ceil(to));
    }
  }

  drawBands(plot) {
    this.within(plot, (context, x, y) => {
      for (const shape of this.shapes.filter(each => each.showMeans)) {
        context.fillStyle = this.colours.means[shape.colour];
        context.globalAlpha = 0.18;
        for (const area of shape.band) {
          context.beginPath();
          area.forEach(([at, height]) => context.lineTo(x(at), y(height)));
          context.fill();
        }
      }
    });
  }

  drawDensities(plot) {
    this.within(plot, (context, x, y) => {
      for (const shape of this.shapes.filter(each => each.showOriginals && each.density)) {
        const shades = this.colours.shades[shape.colour];
        cells(shape.density, x, y, devicePixelRatio).forEach((list, shade) => {
          context.fillStyle = shades[shade - 1];
          list.forEach(cell => context.fillRect(...cell));
        });
      }
    }, ROOM_ABOVE * devicePixelRatio);
  }

  // Behind the dashes of the means, and above the readings of the same series.
  drawHalo(plot, line) {
    const shape = this.shapes[Math.floor((line - 1) / 2)];
    if (line % 2 === 0 || !shape.showMeans) {
      return;
    }
    this.within(plot, (context, x, y) => {
      context.strokeStyle = this.colours.background;
      context.lineWidth = HALO_WIDTH * devicePixelRatio;
      context.setLineDash(DASH.map(length => length * devicePixelRatio));
      for (const means of shape.means) {
        context.beginPath();
        means.forEach(([at, height]) => context.lineTo(x(at), y(height)));
        context.stroke();
      }
    });
  }

  drawDots(plot) {
    this.within(plot, (context, x, y) => {
      const dot = (at, height, fill, stroke) => {
        context.beginPath();
        context.arc(x(at), y(height), DOT_RADIUS * devicePixelRatio, 0, 2 * Math.PI);
        context.fillStyle = fill;
        context.strokeStyle = stroke;
        context.fill();
        context.stroke();
      };
      context.lineWidth = 1.6 * devicePixelRatio;
      for (const shape of this.shapes) {
        if (shape.showOriginals) {
          const blue = this.colours.originals[shape.colour];
          shape.lone.forEach(([at, height]) => dot(at, height, blue, blue));
        }
        if (shape.showMeans) {
          const red = this.colours.means[shape.colour];
          shape.dots.forEach(each =>
            dot(each.at, each.value, each.open ? this.colours.background : red, red));
        }
      }
    });
  }

  within(plot, draw, above = 0) {
    const { ctx: context, bbox } = plot;
    context.save();
    context.beginPath();
    context.rect(bbox.left, bbox.top - above, bbox.width, bbox.height + above);
    context.clip();
    draw(
      context,
      at => plot.valToPos(at, "x", true),
      height => plot.valToPos(height, "y", true));
    context.restore();
  }
}

export function originalLabel(series) {
  return series.label === "" ? "Original" : series.label + " original";
}

export function meanLabel(series) {
  return series.label === "" ? "Reduced" : series.label + " reduced";
}

// uPlot requires distinct times, so each further point of a moment is half a microsecond later.
function table(lines) {
  const x = [];
  const y = [];
  const add = (at, height) => {
    const min = x.length === 0 ? -Infinity : x.at(-1) + 0.5;
    x.push(Math.max(at, min));
    y.push(height);
  };
  lines.forEach((line, i) => {
    if (i > 0) {
      add(x.at(-1), null);
    }
    line.forEach(([at, height]) => add(at, height));
  });
  return [x, y];
}

// The point of a line that is nearest to the cursor in time; null if it is far away.
function nearest(plot, line, index) {
  if (line === 0) {
    return index;
  }
  const [times, heights] = [plot.data[0], plot.data[line]];
  const left = plot.cursor.left;
  let best = null;
  let distance = MAX_DISTANCE_PIXELS;
  for (const step of [-1, 1]) {
    for (let i = step < 0 ? index : index + 1; i >= 0 && i < times.length; i += step) {
      const away = Math.abs(plot.valToPos(times[i], "x") - left);
      if (away > MAX_DISTANCE_PIXELS) {
        break;
      }
      if (heights[i] !== null && heights[i] !== undefined) {
        if (away < distance) {
          distance = away;
          best = i;
        }
        break;
      }
    }
  }
  return best;
}
