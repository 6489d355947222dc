/** A worker of classify: gets batches of records, answers with the bytes to write. */
import { parentPort, workerData } from "node:worker_threads";
import type { InputRecord } from "../inputs/index.ts";
import { type LineOptions, makeLineWriter } from "./verdict-lines.ts";

const write = makeLineWriter(workerData as LineOptions);
const encoder = new TextEncoder();

parentPort?.on("message", ({ id, records }: { id: number; records: InputRecord[] }) => {
  let text = "";
  for (const record of records) text += write(record);
  const bytes = encoder.encode(text);
  parentPort?.postMessage({ id, bytes }, [bytes.buffer]);
});
