/** Search within a list that is on the page already: rows, their groups, a count. */
export function serveListFilters(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-list-filter]")) {
    const input = form.querySelector<HTMLInputElement>("input");
    const type = form.querySelector<HTMLSelectElement>("select");
    const status = form.querySelector<HTMLElement>("[data-filter-status]");
    const scope = form.closest("section") ?? document;
    const rows = [...scope.querySelectorAll<HTMLElement>("[data-row]")];
    const groups = [...scope.querySelectorAll<HTMLElement>("[data-group]")];
    const words = rows.map((row) => row.dataset.words ?? (row.textContent ?? "").toLowerCase());
    const apply = () => {
      const wanted = (input?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        const group = row.closest<HTMLElement>("[data-group]");
        const fits =
          wanted.every((w) => words[i]?.includes(w)) && (!type?.value || group?.dataset.group === type.value);
        row.hidden = !fits;
        if (fits) shown++;
      });
      for (const group of groups) group.hidden = !group.querySelector("[data-row]:not([hidden])");
      if (status) status.textContent = wanted.length > 0 || type?.value ? `${shown} of ${rows.length}` : "";
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}
