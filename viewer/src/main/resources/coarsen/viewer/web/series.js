// The list of series, to search and to pick from.

import { value } from "./axes.js";

const MOST = 8;
const ALL_READINGS = "";

const short = number => value(Number(number.toPrecision(4)));

export class SeriesPicker {
  // dialog: holds the list; onPick(picked) is called with the colours by name, null for those that
  // were shown at first
  constructor(dialog, onPick) {
    this.dialog = dialog;
    this.onPick = onPick;
    this.picked = new Map();
    this.asked = 0;
    this.search = dialog.querySelector("input");
    this.list = dialog.querySelector("ul");
    this.found = dialog.querySelector("[role=status]");
    this.message = dialog.querySelector("[role=alert]");
    this.search.addEventListener("input", () => this.find());
    this.list.addEventListener("keydown", event => {
      if (event.key === "Enter") {
        event.preventDefault();
        event.target.click();
      }
    });
    const [reset, close] = dialog.querySelectorAll("button");
    reset.addEventListener("click", () => {
      this.onPick(null);
      this.dialog.close();
    });
    close.addEventListener("click", () => this.dialog.close());
  }

  isOpen() {
    return this.dialog.open;
  }

  close() {
    this.dialog.close();
  }

  // shown: the series of the picture; colours: of the theme, by number
  open(shown, colours) {
    this.picked = new Map(shown.map(each => [each.name, each.colour || 1]));
    this.colours = colours;
    this.message.textContent = "";
    this.dialog.showModal();
    this.search.focus();
    this.find();
  }

  async find() {
    const asked = ++this.asked;
    let answer = null;
    try {
      answer = await (await fetch("series?search=" + encodeURIComponent(this.search.value))).json();
    } catch {
      this.message.textContent = "the viewer does not answer";
    }
    if (answer !== null && asked === this.asked) {
      this.show(answer);
    }
  }

  show({ known, complete, matching, first }) {
    const count = number => number.toLocaleString("en");
    this.found.textContent =
      `${count(matching)} of ${complete ? "" : "more than "}${count(known)} series`
      + (matching > first.length ? `; the first ${count(first.length)} are listed` : "");
    const listed = new Map(first.map(each => [each.name, each]));
    const isSearched = this.search.value !== "";
    const all = isSearched ? [] : [{ name: ALL_READINGS, spread: null, last: null }];
    const shown = isSearched ? [] : [...this.picked.keys()].filter(name => name !== ALL_READINGS);
    const rest = first.filter(each => !shown.includes(each.name));
    this.list.replaceChildren(
      ...[...all, ...shown.map(name => listed.get(name) ?? { name, spread: null, last: null }), ...rest]
        .map(each => this.entry(each)));
  }

  entry({ name, spread, last }) {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.picked.has(name);
    const swatch = document.createElement("i");
    const text = document.createElement("span");
    text.textContent = name === ALL_READINGS ? "all readings" : name;
    text.title = text.textContent;
    const numbers = document.createElement("small");
    numbers.textContent = last === null ? "" : `mean ${short(last)}, spread ${short(spread ?? 0)}`;
    const mark = () => {
      const colour = this.picked.get(name);
      swatch.style.background = colour === undefined ? "" : this.colours[colour];
    };
    box.addEventListener("change", () => {
      this.change(name, box);
      mark();
    });
    mark();
    label.append(box, swatch, text, numbers);
    item.append(label);
    return item;
  }

  change(name, box) {
    this.message.textContent = "";
    if (!box.checked) {
      this.picked.delete(name);
    } else if (this.picked.size === MOST) {
      box.checked = false;
      this.message.textContent = `at most ${MOST} series are shown; take one out first`;
      return;
    } else {
      const taken = [...this.picked.values()];
      let colour = 1;
      while (taken.includes(colour)) {
        colour++;
      }
      this.picked.set(name, colour);
    }
    this.onPick(this.picked.size === 0 ? null : this.picked);
  }
}
