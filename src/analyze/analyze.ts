/** The page: takes files, gives them to the worker, shows how far it is and what came out. */

import type { FormId } from "../inputs/index.ts";
import { announce } from "../lookup/announce.ts";
import { el } from "../lookup/dom.ts";
import type { Message, Request } from "./messages.ts";
import { sampleLog } from "./sample.ts";
import { show } from "./show.ts";
import { number, plural, size } from "./words.ts";

/** All files of a drop: folders have none that a page may read this way. */
const filesOf = (list: FileList | null | undefined): File[] => [...(list ?? [])];

export function serveAnalysis(): void {
  const form = document.querySelector<HTMLFormElement>("[data-analyze]");
  const place = document.querySelector<HTMLElement>("[data-result]");
  const status = document.querySelector<HTMLElement>("[data-progress]");
  if (!form || !place || !status) return;
  const picker = form.querySelector<HTMLInputElement>("input[type=file]");
  const reader = form.querySelector<HTMLSelectElement>("[name=form]");
  const column = form.querySelector<HTMLInputElement>("[name=column]");
  const bar = status.querySelector("progress");
  const words = status.querySelector("p");
  const { rules = "", details = "", domains = "" } = form.dataset;
  let files: readonly File[] = [];
  let worker: Worker | undefined;

  const formTitle = (id: string) => [...(reader?.options ?? [])].find((o) => o.value === id)?.textContent?.trim() ?? id;

  const stop = () => {
    worker?.terminate();
    worker = undefined;
    status.hidden = true;
  };

  const fail = (reason: string) => {
    stop();
    place.replaceChildren(el("p", { class: "aside", role: "alert" }, reason));
  };

  const start = () => {
    stop();
    if (files.length === 0) return;
    place.replaceChildren();
    status.hidden = false;
    bar?.removeAttribute("value");
    if (words) words.textContent = "Loading the rules …";
    announce(`Reading ${plural(files.length, "file")}.`);
    worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onerror = (event) => fail(`The analysis broke off: ${event.message || "the worker could not be started."}`);
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === "progress") {
        if (bar) bar.value = data.total > 0 ? data.bytes / data.total : 1;
        if (words)
          words.textContent = `${data.file}: ${size(data.bytes)} of ${size(data.total)}, ${number(data.records)} records`;
      } else if (data.type === "failed") fail(data.reason);
      else {
        stop();
        const { node, sentence } = show(data.analysis, formTitle);
        place.replaceChildren(node);
        announce(sentence);
        document.getElementById("result")?.focus({ preventScroll: true });
        node.scrollIntoView({ block: "start" });
      }
    };
    const request: Request = {
      files,
      data: { rules, details, domains },
      form: (reader?.value || undefined) as FormId | undefined,
      column: column?.value.trim() || undefined,
    };
    worker.postMessage(request);
  };

  const take = (list: readonly File[]) => {
    if (list.length === 0) return;
    files = list;
    start();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (files.length > 0) start();
    else picker?.click();
  });
  picker?.addEventListener("change", () => {
    take(filesOf(picker.files));
    // The same file chosen again is read again.
    picker.value = "";
  });
  reader?.addEventListener("change", start);
  column?.addEventListener("change", start);
  form.querySelector("[data-sample]")?.addEventListener("click", () => take([sampleLog()]));
  status.querySelector("[data-cancel]")?.addEventListener("click", () => {
    stop();
    announce("Cancelled.");
    picker?.focus();
  });
  // The whole page takes a drop: a file that misses the box would replace the page otherwise.
  const box = form.querySelector("[data-drop]");
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box?.classList.add("drag");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) box?.classList.remove("drag");
  });
  document.addEventListener("drop", (event) => {
    const dropped = filesOf(event.dataTransfer?.files);
    if (dropped.length === 0) return;
    event.preventDefault();
    box?.classList.remove("drag");
    take(dropped);
  });
}
