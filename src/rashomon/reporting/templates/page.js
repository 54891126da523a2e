"use strict";
// Draws the charts one after another, leads from a mark to its record, and opens what is folded where it is needed.
const unfold = (node) => {
  for (let at = node; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
};
const go = () => {
  const name = decodeURIComponent(location.hash.slice(1));
  const target = name && document.getElementById(name);
  if (!target) return;
  unfold(target);
  target.scrollIntoView({ block: "start" });
};
const lead = (event, item) => {
  const record = item && item.datum && item.datum.record;
  if (record && document.getElementById(record)) location.hash = record;
};
const draw = async (box) => {
  const spec = JSON.parse(document.getElementById(`${box.dataset.chart}-spec`).textContent);
  const { view } = await window.vegaEmbed(box, spec, { actions: false, renderer: "svg", ast: true, tooltip: { theme: "custom" } });
  view.addEventListener("click", lead);
  box.dataset.drawn = "yes";
};
const drawAll = async () => {
  for (const box of document.querySelectorAll(".chart[data-chart]")) {
    await draw(box);
    await new Promise((rest) => setTimeout(rest, 0));
  }
  document.documentElement.dataset.ready = "yes";
};
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details.fold:not(.data):not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
});
addEventListener("hashchange", go);
drawAll().catch((fault) => console.error(fault)).finally(go);
