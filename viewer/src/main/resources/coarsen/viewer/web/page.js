// The page: follows the server, pauses and zooms, and handles the keys.

import { Zone } from "./axes.js";
import { Charts } from "./charts.js";
import { csv, download, png, svg } from "./save.js";
import { SeriesPicker } from "./series.js";
import { showStatus } from "./status.js";
import { Stream } from "./stream.js";

const TITLE = "Readings and their window means";

const at = id => document.getElementById(id);
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const charts = new Charts(at("chart"), zoom);
const picker = new SeriesPicker(at("series"), pick);
const query = new URLSearchParams(location.search); // What is shown, as the server is asked for it.
const stream = new Stream({ style: setStyle, picture: setPicture, status: setStatus, lost });

let style = null; // how to draw, from the server
let dark = null; // whether the user chose the dark theme; null for no choice
let latest = null; // the newest picture
let paused = null; // { picture, rows }: the held picture, and the number of rows when it was held
let zoomed = false;
let status = null;
let run = "";

const keys = [
  { key: " ", name: "space", sign: "❚❚", does: "pause or continue", run: () => (paused ? follow() : pause()) },
  { key: "Escape", name: "Esc", does: "follow the newest rows again", run: follow },
  { key: "+", name: "+", sign: "+", does: "show twice as much time", run: () => widen(2, "wider") },
  { key: "-", name: "−", sign: "−", does: "show half as much time", run: () => widen(0.5, "narrower") },
  { key: "l", name: "l", sign: "☰", ofSeries: true, does: "(with series) list them, to search (* and ? stand for any characters and for one) and to pick up to eight", run: list },
  { key: "g", name: "g", sign: "▦", ofSeries: true, does: "(with series) a plot for each series, or one for all", run: () => latest && ask({ grid: !latest.grid }) },
  { key: "s", name: "s", sign: "PNG", does: "save the picture as PNG", run: savePng },
  { key: "v", name: "v", sign: "SVG", does: "save the picture as SVG", run: saveSvg },
  { key: "c", name: "c", sign: "CSV", does: "save the points as CSV", run: saveCsv },
  { key: "d", name: "d", sign: "◐", does: "dark or light colours", run: () => style && chooseDark(!isDark()) },
  { key: "?", name: "?", sign: "?", does: "show or hide this list", run: help },
];

const mouse = [
  { name: "drag", does: "zoom into a time range and pause" },
  { name: "point", does: "show the values" },
  { name: "click", does: "in the legend: hide or show a line" },
];

function setStyle(newStyle) {
  if (JSON.stringify(newStyle) !== JSON.stringify(style)) {
    style = newStyle;
    recolour();
  }
}

function isDark() {
  if (dark !== null) {
    return dark;
  }
  return style.theme === null ? prefersDark.matches : style.theme === "dark";
}

function chooseDark(choice) {
  dark = choice;
  recolour();
}

function recolour() {
  if (style === null) {
    return;
  }
  const colours = style.themes[isDark() ? "dark" : "light"];
  const css = document.documentElement.style;
  css.colorScheme = isDark() ? "dark" : "light";
  for (const name of ["background", "ink", "grid"]) {
    css.setProperty("--" + name, colours[name]);
  }
  charts.setStyle(style, colours);
}

// Asks the server for another view, which the address then names, so that it can be kept.
// changes: parameters by name, null for none.
function ask(changes) {
  for (const [name, to] of Object.entries(changes)) {
    if (to === null) {
      query.delete(name);
    } else {
      query.set(name, to);
    }
  }
  history.replaceState(null, "", "?" + query);
  stream.open(query.toString());
  if (paused) {
    showRange(...paused.picture.range);
  }
}

function list() {
  if (latest?.known > 0) {
    const shown = (paused?.picture ?? latest).series;
    picker.open(shown, style.themes[isDark() ? "dark" : "light"].means);
  }
}

// picked: colours by name; null for the series that were shown at first.
function pick(picked) {
  const lines = [...(picked ?? [])].map(([name, colour]) => `${colour}:${name}`);
  ask({ series: picked === null ? null : lines.join("\n") });
}

function zone(picture) {
  return new Zone(style.zone, picture.offsets);
}

function setPicture(picture, newRun) {
  const isNewView = latest?.extent !== picture.extent || run !== newRun;
  latest = picture;
  if (run !== newRun && paused) {
    paused.rows = -paused.waiting; // Another run of the server counts its rows from 0.
  }
  run = newRun;
  document.querySelectorAll("#tools .of-series").forEach(button => (button.hidden = !(picture.known > 0)));
  if (!paused && !charts.isDragged()) {
    draw(picture, isNewView);
  }
}

function draw(picture, isNewView) {
  const isEmpty = picture.series.length === 0;
  at("title").textContent = isEmpty ? TITLE : `${TITLE}, ${zone(picture).day(picture.range[1])}`;
  at("note").hidden = !isEmpty;
  charts.show(picture, zone(picture), isNewView);
}

function setStatus(newStatus) {
  status = newStatus;
  at("lost").hidden = true;
  showStatus(status.parts, at("status"));
  showBadge();
}

function showBadge() {
  if (paused) {
    paused.waiting = Math.max(0, rows() - paused.rows);
    const waiting = `${paused.waiting.toLocaleString("en")} rows waiting`;
    at("badge").textContent = `PAUSED${zoomed ? ", zoomed" : ""}, ${waiting}; Esc resumes`;
  }
  at("badge").hidden = !paused;
}

// The number of rows so far that can be drawn.
function rows() {
  return status === null ? 0 : status.rows;
}

// why: what the server answered instead of events; null if it did not answer.
function lost(why) {
  if (why !== null) {
    at("lost").textContent = why;
  } else if (at("lost").hidden) {
    const now = new Date().toLocaleTimeString("en", { hour12: false });
    at("lost").textContent = `no connection to the viewer since ${now}; reconnecting`;
  }
  at("lost").hidden = false;
}

function pause() {
  if (!paused && latest) {
    paused = { picture: latest, rows: rows(), waiting: 0 };
    showBadge();
  }
}

function follow() {
  if (paused) {
    paused = null;
    zoomed = false;
    showBadge();
    draw(latest, true);
  }
}

function zoom(from, to) {
  pause();
  zoomed = true;
  showBadge();
  showRange(from, to);
}

// Shows a range at once with the points of the held picture, then with those of the server.
async function showRange(from, to) {
  if (!paused) {
    return;
  }
  const end = Math.max(paused.end ?? paused.picture.range[1], paused.picture.range[0] + 1);
  const wanted = [Math.min(from, end - 1), Math.min(to, end)];
  paused.end = end;
  paused.picture = { ...paused.picture, range: wanted };
  draw(paused.picture, true);
  try {
    const answer = await fetch("picture?" + rangeQuery(wanted));
    const picture = await answer.json();
    if (paused && String(paused.picture.range) === String(wanted)) {
      paused.picture = picture;
      draw(picture, true);
    }
  } catch {
    lost(null); // Keeps the points of the held picture.
  }
}

// What is shown, in a chosen range.
function rangeQuery([from, to]) {
  const ranged = new URLSearchParams(query);
  ranged.delete("points");
  ranged.delete("span");
  ranged.set("from", from);
  ranged.set("to", to);
  return ranged;
}

function widen(factor, extent) {
  if (!zoomed && latest) {
    const wanted = Object.fromEntries(new URLSearchParams(latest[extent]));
    ask({ points: null, span: null, ...wanted });
  }
  if (paused) {
    const [from, to] = paused.picture.range;
    const middle = zoomed ? (from + to) / 2 : to;
    showRange(
      Math.floor(middle - (middle - from) * factor),
      Math.ceil(middle + (to - middle) * factor));
  }
}

function fileName(kind) {
  const now = zone(latest).text(Date.now() * 1000).slice(0, 19);
  return `coarsen-${now.replace(/[-:]/g, "").replace("T", "-")}.${kind}`;
}

// A grid as the server draws it.
async function grid(kind) {
  const shown = rangeQuery((paused?.picture ?? latest).range);
  shown.set("theme", isDark() ? "dark" : "light");
  return (await fetch(`chart.${kind}?${shown}`)).blob();
}

async function savePng() {
  if (!charts.isEmpty()) {
    const [chart, ...others] = charts.all;
    const title = at("title").textContent;
    download(fileName("png"), others.length > 0 ? await grid("png") : await png(chart, title));
  }
}

async function saveSvg() {
  if (!charts.isEmpty()) {
    const [chart, ...others] = charts.all;
    const text = () => svg(chart, at("title").textContent);
    download(
      fileName("svg"),
      others.length > 0 ? await grid("svg") : new Blob([text()], { type: "image/svg+xml" }));
  }
}

function saveCsv() {
  if (!charts.isEmpty()) {
    download(fileName("csv"), new Blob([csv(charts.all)], { type: "text/csv" }));
  }
}

function help() {
  if (at("help").open) {
    at("help").close();
  } else {
    at("help").showModal();
  }
}

for (const each of [...keys, ...mouse]) {
  const row = at("keys").insertRow();
  const head = document.createElement("th");
  head.textContent = each.name;
  row.append(head);
  row.insertCell().textContent = each.does;
}

for (const each of keys.filter(each => each.sign)) {
  const button = document.createElement("button");
  button.textContent = each.sign;
  button.title = `${each.does} (${each.name})`;
  button.setAttribute("aria-label", each.does);
  button.className = each.ofSeries ? "of-series" : "";
  button.hidden = each.ofSeries === true;
  button.addEventListener("click", () => {
    button.blur(); // Or the space bar would click it again.
    each.run();
  });
  at("tools").append(button);
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (picker.isOpen()) {
    if (event.key === "Escape") {
      picker.close();
    }
    return;
  }
  const wanted = event.key === "=" ? "+" : event.key;
  const found = keys.find(each => each.key === wanted);
  if (at("help").open) {
    if (wanted === "?") {
      help();
    }
  } else if (found && !event.repeat) {
    event.preventDefault();
    found.run();
  }
});

prefersDark.addEventListener("change", recolour);
stream.open(query.toString());
