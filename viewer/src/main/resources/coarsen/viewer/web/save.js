// Saves the visible picture: as SVG, as PNG made from the SVG, and as CSV.

import { Zone } from "./axes.js";
import { DASH, HALO_WIDTH, meanLabel, originalLabel } from "./chart.js";
import { cells, ROOM_ABOVE } from "./density.js";

const LEFT = 90;
const TOP = 56;
const BOTTOM = 92;
const RIGHT = 24;
const PNG_SCALE = 2;

const dash = DASH.join(" ");

export function svg(chart, title) {
  const { colours } = chart;
  const size = chart.size();
  const width = Math.max(640, size.width);
  const height = Math.max(400, size.height);
  const plotWidth = width - LEFT - RIGHT;
  const plotHeight = height - TOP - BOTTOM;
  const [from, to] = chart.timeRange();
  const values = chart.valueAxis();
  const x = at => round(LEFT + ((at - from) / (to - from)) * plotWidth);
  const y = value =>
    round(TOP + plotHeight - ((value - values.from) / (values.to - values.from)) * plotHeight);
  const points = line => line.map(([at, value]) => x(at) + "," + y(value)).join(" ");
  const middle = LEFT + plotWidth / 2;
  const parts = [
    element("rect", { width, height, fill: colours.background }),
    text(middle, 34, title, { "text-anchor": "middle", "font-size": 18, "font-weight": "bold" }),
  ];
  for (const tick of chart.timeTicks(plotWidth)) {
    parts.push(
      element("path", { d: `M${x(tick.at)} ${TOP}v${plotHeight}`, stroke: colours.grid }),
      text(x(tick.at), TOP + plotHeight + 20, tick.label, { "text-anchor": "middle" }));
  }
  for (const tick of chart.valueTicks()) {
    parts.push(
      element("path", { d: `M${LEFT} ${y(tick.at)}h${plotWidth}`, stroke: colours.grid }),
      text(LEFT - 8, y(tick.at) + 4, tick.label, { "text-anchor": "end" }));
  }
  const bold = { "text-anchor": "middle", "font-weight": "bold", "font-size": 14 };
  parts.push(
    text(middle, TOP + plotHeight + 44, chart.timeTitle(), bold),
    text(20, TOP + plotHeight / 2, "Value",
      { ...bold, transform: `rotate(-90 20 ${TOP + plotHeight / 2})` }));

  const drawn = [];
  for (const shape of chart.visible()) {
    const blue = colours.originals[shape.colour];
    const red = colours.means[shape.colour];
    if (shape.showMeans) {
      shape.band.forEach(area =>
        drawn.push(element("polygon", { points: points(area), fill: red, "fill-opacity": 0.18 })));
    }
    if (shape.showOriginals && shape.density) {
      const shades = colours.shades[shape.colour];
      cells(shape.density, x, y).forEach((list, shade) =>
        drawn.push(element("path", { d: list.map(cell).join(""), fill: shades[shade - 1] })));
    }
    if (shape.showOriginals) {
      shape.originals.forEach(line =>
        drawn.push(polyline(points(line), blue, { "stroke-width": 1.6 })));
      shape.lone.forEach(([at, value]) => drawn.push(dot(x(at), y(value), blue, blue)));
    }
    if (shape.showMeans) {
      const dashed = (line, stroke, width) =>
        polyline(points(line), stroke, { "stroke-width": width, "stroke-dasharray": dash });
      shape.means.forEach(line =>
        drawn.push(dashed(line, colours.background, HALO_WIDTH), dashed(line, red, 2.4)));
      shape.dots.forEach(each =>
        drawn.push(dot(x(each.at), y(each.value), each.open ? colours.background : red, red)));
    }
  }
  parts.push(
    element("clipPath", { id: "plot" },
      element("rect", {
        x: LEFT, y: TOP - ROOM_ABOVE, width: plotWidth, height: plotHeight + ROOM_ABOVE,
      })),
    element("g", { "clip-path": "url(#plot)" }, drawn.join("")),
    legend(chart, height - 22));
  const root = {
    xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`,
    "font-family": "system-ui, sans-serif", "font-size": 13, fill: colours.ink,
  };
  return element("svg", root, parts.join(""));
}

function legend(chart, y) {
  let x = LEFT;
  const entries = [];
  const add = (label, stroke, dash) => {
    entries.push(
      element("path", { d: `M${x} ${y}h40`, stroke, "stroke-width": 2.2, ...dash }),
      text(x + 48, y + 5, label, { "font-size": 14 }));
    x += 80 + 8 * label.length;
  };
  for (const shape of chart.visible()) {
    if (shape.showOriginals) {
      add(originalLabel(shape), chart.colours.originals[shape.colour], {});
    }
    if (shape.showMeans) {
      add(meanLabel(shape), chart.colours.means[shape.colour],
        { "stroke-dasharray": dash });
    }
  }
  return entries.join("");
}

function polyline(points, stroke, more) {
  return element("polyline", { points, fill: "none", stroke, "stroke-linejoin": "round", ...more });
}

function cell([left, top, width, height]) {
  return `M${left} ${top}h${width}v${height}h-${width}z`;
}

function dot(cx, cy, fill, stroke) {
  return element("circle", { cx, cy, r: 3.5, fill, stroke, "stroke-width": 1.6 });
}

function text(x, y, content, more) {
  return element("text", { x: round(x), y: round(y), ...more }, escaped(content));
}

function element(name, attributes, content = "") {
  const written = Object.entries(attributes).map(([key, to]) => ` ${key}="${escaped(to)}"`).join("");
  return `<${name}${written}>${content}</${name}>`;
}

function escaped(content) {
  return String(content).replace(/[&<>"]/g, sign =>
    ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}

function round(pixels) {
  return Math.round(Math.min(1e6, Math.max(-1e6, pixels)) * 100) / 100;
}

export async function png(chart, title) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg(chart, title)], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * PNG_SCALE;
    canvas.height = image.height * PNG_SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise(done => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const COLUMNS =
  ["kind", "series", "time", "value", "min_value", "max_value", "count", "pane", "run", "revision"];

// The visible points of all charts, one per row; the time of a mean is its window's end.
export function csv(charts) {
  const rows = [COLUMNS, ...charts.flatMap(points)];
  return rows.map(row => row.map(field).join(",") + "\r\n").join("");
}

function points(chart) {
  const utc = new Zone("UTC", [[-Infinity, 0]]);
  const time = micros => utc.text(micros).replace(/(\.000000|000)$/, "") + "Z";
  const [from, to] = chart.picture.range;
  const isVisible = at => from <= at && at <= to;
  const rows = [];
  for (const { name, originals, means } of chart.picture.series) {
    if (!chart.isHidden(name, "originals")) {
      originals.at.forEach((at, i) => {
        if (isVisible(at)) {
          rows.push(["original", name, time(at), originals.values[i], "", "", "", "", "", ""]);
        }
      });
    }
    if (!chart.isHidden(name, "means")) {
      means.at.forEach((at, i) => {
        if (isVisible(at)) {
          rows.push(["mean", name, time(means.end[i]), means.avg[i], means.min[i], means.max[i],
            means.count[i], means.pane[i], means.run[i], means.revision[i]]);
        }
      });
    }
  }
  return rows;
}

function field(content) {
  const text = String(content);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
