"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  root.classList.add("js");

  // One stop for the Tab key in each grid; the arrow keys move within it.
  const cellsOf = (row) => all(".ruta", row);
  const rowsOf = (grid) => all("tbody tr:not([hidden])", grid);
  const setStop = (grid, cell) => {
    for (const other of all(".ruta", grid)) other.tabIndex = -1;
    if (cell) cell.tabIndex = 0;
  };
  const moves = {
    ArrowRight: (r, c) => [r, c + 1],
    ArrowLeft: (r, c) => [r, c - 1],
    ArrowDown: (r, c) => [r + 1, c],
    ArrowUp: (r, c) => [r - 1, c],
    Home: (r, c, rows, columns, far) => [far ? 0 : r, 0],
    End: (r, c, rows, columns, far) => [far ? rows - 1 : r, columns - 1],
    PageDown: (r, c, rows) => [Math.min(r + 8, rows - 1), c],
    PageUp: (r, c) => [Math.max(r - 8, 0), c],
  };
  for (const grid of all(".matris")) {
    setStop(grid, grid.querySelector(".ruta"));
    grid.addEventListener("focusin", (event) => {
      if (event.target.matches(".ruta")) setStop(grid, event.target);
    });
    grid.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      if (!move || !event.target.matches(".ruta")) return;
      const rows = rowsOf(grid);
      const row = event.target.closest("tr");
      const cells = cellsOf(row);
      const [r, c] = move(rows.indexOf(row), cells.indexOf(event.target), rows.length, cells.length, event.ctrlKey);
      event.preventDefault();
      const next = rows[r] && cellsOf(rows[r])[c];
      if (!next) return;
      next.focus({ preventScroll: true });
      reveal(next, grid);
    });
  }

  // Scrolls a cell out from under the sticky headings.
  function reveal(cell, grid) {
    const frame = grid.parentElement;
    const box = cell.getBoundingClientRect();
    const view = frame.getBoundingClientRect();
    const top = view.top + grid.tHead.offsetHeight;
    const left = view.left + grid.querySelector("tbody th").offsetWidth;
    if (box.top < top) frame.scrollTop -= top - box.top + 4;
    if (box.bottom > view.bottom) frame.scrollTop += box.bottom - view.bottom + 4;
    if (box.left < left) frame.scrollLeft -= left - box.left + 4;
    if (box.right > view.right) frame.scrollLeft += box.right - view.right + 4;
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const panel = byId("panel");
  function open(cell) {
    const row = byId(cell.dataset.belagg);
    const content = byId("panel-innehall");
    byId("panel-kommun").textContent = row.querySelector(".kommun").textContent;
    byId("panel-rubrik").textContent = row.querySelector(".kolumn").textContent;
    const demand = document.createElement("p");
    demand.className = "krav";
    demand.textContent = all(".kolumner dd")[Number(cell.dataset.belagg.split("-")[1])].textContent;
    // Each statement shows its own value; the cell's value and warning stand before them where they say more.
    const value = row.querySelector(cell.querySelector(".grund") ? ".vad .isar" : ".vad .chip");
    const parts = [demand, ...(value ? [value] : []), ...row.querySelector(".belagg").children];
    content.replaceChildren(...parts.map((node) => node.cloneNode(true)));
    // The browser gives the focus back to the cell when the dialog closes.
    panel.showModal();
    content.scrollTop = 0;
    byId("panel-rubrik").focus();
  }
  document.addEventListener("click", (event) => {
    const cell = event.target.closest(".ruta");
    if (cell) open(cell);
  });
  byId("stang").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  const filters = ["f-kommun", "f-lan", "f-varde"].map(byId);
  function filter() {
    const [name, county, value] = filters.map((control) => (control ? control.value.trim().toLowerCase() : ""));
    const hit = (td) => value && (value === "konflikt" ? "konflikt" in td.dataset : td.dataset.varde === value);
    const hits = new Set();
    for (const td of all(".matris td")) {
      td.classList.toggle("traff", Boolean(hit(td)));
      if (hit(td)) hits.add(td.parentElement.dataset.rad);
    }
    const shown = new Set();
    for (const row of all("[data-kommun]")) {
      const visible =
        row.dataset.kommun.includes(name) &&
        (!county || row.dataset.lan.toLowerCase() === county) &&
        (!value || hits.has(row.dataset.rad));
      row.hidden = !visible;
      if (visible) shown.add(row.dataset.rad);
    }
    for (const row of all(".bilaga [data-rad]")) row.hidden = !shown.has(row.dataset.rad);
    for (const grid of all(".matris")) {
      if (!grid.querySelector("tr:not([hidden]) .ruta[tabindex='0']")) setStop(grid, grid.querySelector("tr:not([hidden]) .ruta"));
    }
    const total = new Set(all("[data-kommun]").map((row) => row.dataset.rad)).size;
    byId("antal").textContent = `${shown.size} av ${total} rader visas.`;
  }
  for (const control of filters) if (control) control.addEventListener("input", filter);

  byId("visa-alla").addEventListener("click", (event) => {
    const shown = byId("bilaga").classList.toggle("oppen");
    event.target.setAttribute("aria-expanded", String(shown));
    event.target.textContent = shown ? "Dölj tabellen med alla belägg" : "Visa alla belägg som tabell";
  });
})();
