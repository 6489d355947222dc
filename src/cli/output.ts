/** Writes results: waits for slow readers, and ends quietly when they have gone. */
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";

/** The reader of our output has closed it (head, less): no fault, but the end of the work. */
export class OutputClosed extends Error {}

export class Output {
  private readonly stream: Writable;
  private failure: Error | undefined;
  private readonly isFile: boolean;

  constructor(path?: string) {
    this.isFile = path !== undefined && path !== "-";
    this.stream = this.isFile ? createWriteStream(path as string) : process.stdout;
    this.stream.on("error", (error: NodeJS.ErrnoException) => {
      this.failure = error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new OutputClosed() : error;
    });
  }

  /** Writes, and waits where the reader is slower than we are. @throws OutputClosed */
  async write(data: string | Uint8Array): Promise<void> {
    if (this.failure) throw this.failure;
    if (data.length === 0) return;
    if (!this.stream.write(data))
      await new Promise<void>((resolve) => {
        const done = () => {
          this.stream.off("drain", done);
          this.stream.off("close", done);
          this.stream.off("error", done);
          resolve();
        };
        this.stream.on("drain", done);
        this.stream.on("close", done);
        this.stream.on("error", done);
      });
    if (this.failure) throw this.failure;
  }

  /** Waits until all is written. Standard output stays open. */
  async end(): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => resolve();
      this.stream.once("error", done);
      if (this.isFile) this.stream.end(done);
      else this.stream.write("", done);
    });
    if (this.failure) throw this.failure;
  }
}
