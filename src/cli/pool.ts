/** Classifies batches on several cores, in order, with so many batches under way and no more. */
import { Worker } from "node:worker_threads";
import type { InputRecord } from "../inputs/index.ts";
import type { LineOptions } from "./verdict-lines.ts";

/** Batches waiting at each worker: one in work, one ready. More would only fill the memory. */
const PER_WORKER = 2;

/** Run from source or from the built package: the worker lies beside this file in both. */
const WORKER = new URL(`./classify-worker.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

/**
 * More workers than this are started only on demand (--workers): each takes some 80 MB, and one thread that reads
 * keeps no more of them busy.
 */
export const MAX_WORKERS = 3;

export class Pool {
  private readonly workers: { worker: Worker; busy: number }[];
  private nextId = 0;
  private nextOut = 0;
  private readonly done = new Map<number, Uint8Array>();
  private readonly waiting: (() => void)[] = [];
  private failure: Error | undefined;

  constructor(size: number, options: LineOptions) {
    this.workers = Array.from({ length: size }, () => {
      // Small generations: what a batch leaves behind is thrown away soon, and memory stays low.
      const worker = new Worker(WORKER, {
        workerData: options,
        resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 160 },
      });
      const slot = { worker, busy: 0 };
      worker.on("message", ({ id, bytes }: { id: number; bytes: Uint8Array }) => {
        slot.busy--;
        this.done.set(id, bytes);
        this.wake();
      });
      worker.on("error", (error) => {
        this.failure = error instanceof Error ? error : new Error(String(error));
        this.wake();
      });
      worker.unref();
      return slot;
    });
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
  private change(): Promise<void> {
    // A referenced timer keeps the process alive while only unreferenced workers are at work.
    return new Promise((resolve) => {
      const alive = setInterval(() => {}, 1000);
      this.waiting.push(() => {
        clearInterval(alive);
        resolve();
      });
    });
  }

  /** Bytes that are ready, in the order of their batches. */
  *ready(): Generator<Uint8Array> {
    if (this.failure) throw this.failure;
    for (let bytes = this.done.get(this.nextOut); bytes !== undefined; bytes = this.done.get(this.nextOut)) {
      this.done.delete(this.nextOut++);
      yield bytes;
    }
  }

  /** Hands a batch to the least busy worker; waits while all have enough to do, or too much output lies unwritten. */
  async *add(records: readonly InputRecord[]): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* this.ready();
      const free = this.workers.reduce((a, b) => (b.busy < a.busy ? b : a));
      if (free.busy < PER_WORKER && this.nextId - this.nextOut < this.workers.length * (PER_WORKER + 2)) {
        free.busy++;
        free.worker.postMessage({ id: this.nextId++, records });
        return;
      }
      await this.change();
    }
  }

  /** The bytes of all batches that are still under way. */
  async *finish(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* this.ready();
      if (this.nextOut === this.nextId) return;
      await this.change();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map(({ worker }) => worker.terminate()));
  }
}
