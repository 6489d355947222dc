/** Search within a list that is on the page already: by words and codes, and by what selects offer. */
export function serveListFilters(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-list-filter]")) {
    const input = form.querySelector<HTMLInputElement>("input");
    const selects = [...form.querySelectorAll<HTMLSelectElement>("select")];
    const status = form.querySelector<HTMLElement>("[data-filter-status]");
    const scope = form.closest("section") ?? document;
    const rows = [...scope.querySelectorAll<HTMLElement>("[data-row]")];
    const groups = [...scope.querySelectorAll<HTMLElement>("[data-group]")];
    const words = rows.map((row) => row.dataset.words ?? `${row.textContent} ${row.dataset.codes ?? ""}`.toLowerCase());
    /** What a select asks of a row: its group, or a word of its data attribute of that name. */
    const has = (row: HTMLElement, { name, value }: HTMLSelectElement) =>
      name === "group"
        ? row.closest<HTMLElement>("[data-group]")?.dataset.group === value
        : (row.dataset[name] ?? "").split(" ").includes(value);
    const apply = () => {
      const wanted = (input?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = selects.filter((s) => s.value);
      let shown = 0;
      rows.forEach((row, i) => {
        const fits = wanted.every((w) => words[i]?.includes(w)) && chosen.every((s) => has(row, s));
        row.hidden = !fits;
        if (fits) shown++;
      });
      for (const group of groups) group.hidden = !group.querySelector("[data-row]:not([hidden])");
      if (status) status.textContent = wanted.length + chosen.length > 0 ? `${shown} of ${rows.length}` : "";
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}
