"use strict";
// Draws the charts one after another, leads from a mark to its record, opens what is folded where it is needed, finds entries of
// a long list by their words, and sorts tables by a column.
const unfold = (node) => {
  for (let at = node; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
};
const go = () => {
  const name = decodeURIComponent(location.hash.slice(1));
  const target = name && document.getElementById(name);
  if (!target) return;
  unfold(target);
  if (target.hidden) seek(target.parentElement, "");
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
  box.querySelector("svg").setAttribute("aria-hidden", "true"); // the box says what it shows
  box.dataset.drawn = "yes";
};
const drawAll = async () => {
  for (const box of document.querySelectorAll(".chart[data-chart]")) {
    await draw(box);
    await new Promise((rest) => setTimeout(rest, 0));
  }
  document.documentElement.dataset.ready = "yes";
};
// A list of entries: only those that hold every word of what was typed.
const seek = (list, typed) => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const one of list.children) {
    one.words ??= one.textContent.toLowerCase();
    one.hidden = !words.every((word) => one.words.includes(word));
    found += !one.hidden;
  }
  const field = list.previousElementSibling;
  field.querySelector("input").value = typed;
  field.querySelector("output").textContent = words.length ? `${found} of ${list.children.length}` : "";
};
const findable = (list) => {
  if (list.children.length < 20) return;
  const field = document.createElement("p");
  field.className = "find";
  field.innerHTML = '<label>Find in this list <input type="search" placeholder="name, topic, source, year"></label> <output></output>';
  field.querySelector("input").addEventListener("input", (event) => seek(list, event.target.value));
  list.before(field);
};
// A table and what is folded of it: its rows by a column, up, then down, then as they stood.
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const dated = (text) => {
  const [, day, month, year] = text.match(/(?:(\d{1,2})[–-]?(?:\d{1,2})? )?(?:([A-Z][a-z]+)[–-]?(?:[A-Z][a-z]+)? )?(\d{4})/) ?? [];
  return year ? year * 400 + (month ? MONTHS.indexOf(month.slice(0, 3).toLowerCase()) * 32 : 0) + Number(day ?? 0) : NaN;
};
const counted = (text) => parseFloat(text.replace("−", "-").replace(/^[+<>~]/, "").replaceAll(",", ""));
// What a cell says first, and how most cells of a column are to be compared: as days, as numbers, else (null) as words.
const headOf = (cell) => {
  const parts = [...cell.childNodes];
  const end = parts.findIndex((part) => part.tagName === "BR");
  return (end < 0 ? parts : parts.slice(0, end)).map((part) => part.textContent).join("").trim();
};
const blank = (text) => !text || text === "–" || /unknown/.test(text);
const wayOf = (texts) => [dated, counted].find((way) => texts.filter((text) => !isNaN(way(text))).length * 2 > texts.length) ?? null;
const sort = (box, heads, column) => {
  const bodies = [...box.querySelectorAll("tbody")];
  const rows = (box.rows ??= bodies.flatMap((body) => [...body.rows]));
  const room = bodies.map((body) => body.rows.length);
  const was = heads[0].cells[column].ariaSort;
  const now = was === "ascending" ? "descending" : was === "descending" ? "none" : "ascending";
  for (const head of heads) [...head.cells].forEach((cell, i) => (cell.ariaSort = i === column ? now : "none"));
  const texts = rows.map((row) => headOf(row.cells[column]));
  const way = wayOf(texts.filter((text) => !blank(text)));
  const order = (a, b) => (way ? a - b : a.localeCompare(b, undefined, { numeric: true }));
  const keyed = rows.map((row, i) => [blank(texts[i]) ? null : way ? way(texts[i]) : texts[i], row]);
  const empty = (key) => key === null || key !== key;
  const sorted = now === "none" ? keyed : [
    ...keyed.filter(([key]) => !empty(key)).sort(([a], [b]) => (now === "ascending" ? order(a, b) : order(b, a))),
    ...keyed.filter(([key]) => empty(key)),
  ];
  let at = 0;
  bodies.forEach((body, i) => body.append(...sorted.slice(at, (at += room[i])).map(([, row]) => row)));
};
const sortable = (box) => {
  const heads = [...box.querySelectorAll("thead tr")];
  if (box.querySelectorAll("tbody tr").length < 5) return;
  for (const head of heads) {
    [...head.cells].forEach((cell, column) => {
      const button = document.createElement("button");
      button.append(...cell.childNodes);
      button.title = "Sort by this column";
      button.addEventListener("click", () => sort(box, heads, column));
      cell.append(button);
    });
  }
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
document.querySelectorAll(".entries").forEach(findable);
document.querySelectorAll(".tablebox").forEach(sortable);
drawAll().catch((fault) => console.error(fault)).finally(go);
