(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.querySelector(".tools");
  const cards = all("article");
  const owned = all("[data-of]");
  const order = new Map(cards.map((card, n) => [card.dataset.of, n]));
  const byId = new Map(cards.map(card => [card.dataset.of, card]));
  const fits = (card, name, wanted) => {
    if (!wanted) return true;
    if (name === "text") return card.dataset.text.includes(wanted.trim().toLowerCase());
    if (name === "department") return card.dataset.department.includes(`、${wanted}、`);
    return card.dataset[name] === wanted;
  };
  const lead = card => card.dataset.lead === "" ? Infinity : Number(card.dataset.lead);
  const before = {
    document: (a, b) => order.get(a.dataset.of) - order.get(b.dataset.of),
    status: (a, b) => a.dataset.rank - b.dataset.rank || (a.dataset.status < b.dataset.status ? -1 : a.dataset.status > b.dataset.status),
    lead: (a, b) => lead(a) === lead(b) ? 0 : lead(a) - lead(b),
  };
  const sort = by => {
    for (const list of all(".cards, .bars ul")) {
      const compare = (a, b) => {
        const [one, other] = [a, b].map(item => byId.get(item.dataset.of));
        return before[by](one, other) || before.document(one, other);
      };
      list.append(...[...list.children].sort(compare));
    }
  };
  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const { sort: by, ...rest } = wanted;
    const shown = new Set(cards.filter(card =>
      Object.entries(rest).every(([name, value]) => fits(card, name, value))).map(card => card.dataset.of));
    for (const item of owned) item.hidden = !shown.has(item.dataset.of);
    form.querySelector("output").textContent = `${shown.size} / ${cards.length}`;
    form.querySelector(".none").hidden = shown.size > 0;
    return by;
  };
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", () => sort(filter()));
  form.addEventListener("change", () => sort(filter()));
  sort(filter());

  const language = () => document.querySelector("input[name=lang]:checked").value;
  const told = () => {
    document.documentElement.lang = language();
    for (const option of all("option[data-zh]")) option.textContent = option.dataset[language()];
  };
  for (const input of all("input[name=lang]")) input.addEventListener("change", told);
  told();

  const visible = cell => {
    const copy = cell.cloneNode(true);
    for (const other of all(`span[lang]:not([lang=${language()}])`, copy)) other.remove();
    return copy.textContent.trim();
  };
  const rows = table => all("tr:not([hidden]):not(.head)", table).map(row => [...row.cells].map(visible));
  const guarded = text => /^\s*[=+@-]/.test(text) && text !== "-" && isNaN(text.replace("%", "")) ? `'${text}` : text;
  const csv = table => "\ufeff" + rows(table).map(row => row.map(text =>
    `"${guarded(text).replaceAll('"', '""')}"`).join(",")).join("\r\n") + "\r\n";
  const act = {
    copy: table => {
      const text = rows(table).map(row => row.join("\t")).join("\n");
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      return true;
    },
    save: (table, name) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv" }));
      link.download = `${name}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  };
  for (const button of all("button[data-do]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const section = button.closest("section");
      const copied = act[button.dataset.do](section.querySelector("table"), button.dataset.name);
      section.querySelector("output").hidden = !copied;
    });
  }

  for (const heading of all(".table thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    const turn = () => {
      const down = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down === 1 ? "ascending" : "descending");
      const body = heading.closest("table").tBodies[0];
      for (const row of all(".head", body)) row.remove();
      const key = row => {
        const cell = row.cells[heading.cellIndex];
        return cell.dataset.by === undefined ? visible(cell) : Number(cell.dataset.by);
      };
      const compare = (a, b) => {
        const [one, other] = [key(a), key(b)];
        if (typeof one === typeof other) return down * (typeof one === "number" ? one - other : one.localeCompare(other));
        return typeof one === "number" ? -1 : 1;
      };
      body.append(...[...body.rows].sort(compare));
    };
    button.addEventListener("click", turn);
  }
})();
