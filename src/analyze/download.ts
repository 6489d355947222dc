/** Downloads that never leave the browser: a Blob and an address for it, made when the button is pressed. */
import { el } from "../lookup/dom.ts";
import { csvCell } from "../report/csv.ts";
import type { AddressRow } from "../report/report.ts";

export const addressCsv = (rows: readonly AddressRow[]): Blob =>
  new Blob(
    [
      "address,cause,bounces,last\r\n",
      ...rows.map((r) => `${csvCell(r.address)},${r.cause},${r.bounces},${csvCell(r.last ?? "")}\r\n`),
    ],
    { type: "text/csv;charset=utf-8" },
  );

/** So long an address of a Blob stays: browsers begin a download a moment after the click. */
const KEEP = 60_000;

export function downloadButton(label: string, name: string, make: () => Blob, main = false): HTMLButtonElement {
  return el(
    "button",
    {
      type: "button",
      class: main && "button-main",
      onclick: () => {
        const address = URL.createObjectURL(make());
        const link = el("a", { href: address, download: name, hidden: true });
        document.body.append(link);
        link.click();
        link.remove();
        window.setTimeout(() => URL.revokeObjectURL(address), KEEP);
      },
    },
    label,
  );
}
