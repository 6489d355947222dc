/** Bytes from whatever the caller has: streams, iterables, strings. No node: import, so workers can use it. */

/** What the readers take. A Node stream is an AsyncIterable; a File or Blob gives its bytes with .stream(). */
export type Source =
  | string
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/** A source whose bytes turned out damaged; what came before is read all the same. */
export class SourceError extends Error {}

const encoder = new TextEncoder();

async function* fromStream(stream: ReadableStream<Uint8Array | string>): AsyncGenerator<Uint8Array | string> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        finished = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

function open(source: Source): AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> {
  if (typeof source === "string" || source instanceof Uint8Array) return [source];
  if (typeof Blob !== "undefined" && source instanceof Blob) return fromStream(source.stream());
  if (typeof ReadableStream !== "undefined" && source instanceof ReadableStream) return fromStream(source);
  return source as AsyncIterable<Uint8Array | string>;
}

/** Chunks of this size at most go on, so that one huge string does not become one huge batch. */
const MAX_CHUNK = 1 << 16;

/** The bytes of a source, in chunks of bounded size. Strings become UTF-8. */
export async function* bytesOf(source: Source): AsyncGenerator<Uint8Array> {
  for await (const chunk of open(source)) {
    if (typeof chunk === "string") {
      for (let at = 0; at < chunk.length; ) {
        let end = Math.min(at + MAX_CHUNK, chunk.length);
        // Never cut between the halves of a surrogate pair.
        const last = chunk.charCodeAt(end - 1);
        if (end < chunk.length && last >= 0xd800 && last < 0xdc00) end++;
        yield encoder.encode(chunk.slice(at, end));
        at = end;
      }
    } else for (let at = 0; at < chunk.length; at += MAX_CHUNK) yield chunk.subarray(at, at + MAX_CHUNK);
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}

/**
 * So long is more of a head waited for, in milliseconds, once there is some of it: a source that trickles (tail -f) must
 * not be silent until it has brought 64 KB.
 */
const PATIENCE = 300;

/**
 * Reads the first bytes without losing them.
 * @returns the head (`size` bytes at least, where the source has so many and brings them in time), and all bytes from
 *   the start; complete says that the head is all there is
 */
export async function peek(
  chunks: AsyncGenerator<Uint8Array>,
  size: number,
): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array>; complete: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let complete = false;
  let failure: { error: unknown } | undefined;
  /** The read that was still under way when patience ended. */
  let pending: Promise<IteratorResult<Uint8Array, unknown>> | undefined;
  while (length < size) {
    const next = chunks.next();
    // Handled here or in again(); a failure meanwhile is no unhandled one.
    next.catch(() => {});
    try {
      const result = length === 0 ? await next : await inTime(next);
      if (result === undefined) {
        pending = next;
        break;
      }
      if (result.done) {
        complete = true;
        break;
      }
      if (result.value.length === 0) continue;
      parts.push(result.value);
      length += result.value.length;
    } catch (error) {
      failure = { error };
      break;
    }
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      yield* parts;
      if (failure) throw failure.error;
      if (pending) {
        const { done, value } = await pending;
        if (done) return;
        yield value;
      }
      if (!complete) yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
  }
  return { head: parts.length === 0 ? new Uint8Array() : concat(parts), all: again(), complete };
}

/** The result of a read, or undefined where it takes longer than PATIENCE. */
async function inTime<T>(read: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE);
  });
  try {
    return await Promise.race([read, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** Unpacks gzip (RFC 1952) as it streams. Throws SourceError where the data are damaged or cut off. */
async function* gunzip(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  try {
    yield* fromStream(packed.pipeThrough(new DecompressionStream("gzip"))) as AsyncGenerator<Uint8Array>;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(`The gzip data are damaged or cut off (${error instanceof Error ? error.message : error}).`);
  }
}

/** The bytes of a source, unpacked where they are gzip. */
export async function* unpackedBytes(source: Source): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(bytesOf(source), 3);
  // 1f 8b: the magic number; 08: deflate, the only method there is.
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) {
    for await (const chunk of gunzip(all))
      for (let at = 0; at < chunk.length; at += MAX_CHUNK) yield chunk.subarray(at, at + MAX_CHUNK);
  } else yield* all;
}
