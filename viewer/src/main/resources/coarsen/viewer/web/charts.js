// One plot for all series, or a plot for each in a grid: then all have the same time axis.

import { Chart } from "./chart.js";

export class Charts {
  // onZoom(from, to) is called when the user has dragged over a time range.
  constructor(host, onZoom) {
    this.host = host;
    this.onZoom = onZoom;
    this.all = [];
  }

  setStyle(style, colours) {
    this.style = [style, colours];
    this.all.forEach(chart => chart.setStyle(style, colours));
  }

  show(picture, zone, isNewView) {
    const isGrid = picture.grid && picture.series.length > 1;
    const pictures = isGrid
      ? picture.series.map(series => ({ ...picture, series: [series] }))
      : [picture];
    const isNewLayout = pictures.length !== this.all.length;
    while (this.all.length > pictures.length) {
      this.all.pop().remove();
    }
    while (this.all.length < pictures.length) {
      this.add();
    }
    this.host.dataset.columns = pictures.length <= 2 ? 1 : pictures.length <= 4 ? 2 : 3;
    this.all.forEach((chart, i) => chart.show(pictures[i], zone, isNewView || isNewLayout));
  }

  add() {
    const cell = document.createElement("div");
    this.host.append(cell);
    const chart = new Chart(cell, this.onZoom);
    if (this.style) {
      chart.setStyle(...this.style);
    }
    this.all.push(chart);
  }

  isEmpty() {
    return !this.all.some(chart => chart.plot);
  }

  isDragged() {
    return this.all.some(chart => chart.isDragged);
  }
}
