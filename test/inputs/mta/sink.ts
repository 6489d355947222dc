/** An SMTP server that answers RCPT as it is told, and keeps the mails that it accepts. */
import { createServer, type Server, type Socket } from "node:net";

export interface SinkOptions {
  /** The answer to a recipient: the lines of a reply, or «drop» to cut the connection; undefined accepts. */
  answer(recipient: string): readonly string[] | "drop" | undefined;
  /** The greeting; a refusal ends the session. */
  greeting?: readonly string[];
  /** Cut the connection behind the end of the message. */
  dropAfterData?: boolean;
}

export interface Sink {
  port: number;
  mails: { from: string; to: string[]; data: string }[];
  close(): Promise<void>;
}

export async function startSink(options: SinkOptions): Promise<Sink> {
  const mails: Sink["mails"] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    const say = (lines: readonly string[]) => {
      if (!socket.destroyed) socket.write(`${lines.join("\r\n")}\r\n`);
    };
    let from = "";
    let to: string[] = [];
    let inData = false;
    let buffer = "";
    const greeting = options.greeting ?? ["220 sink.example ESMTP"];
    say(greeting);
    if (!greeting[0]?.startsWith("2")) {
      socket.end();
      return;
    }
    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO") say(["250-sink.example", "250-8BITMIME", "250 ENHANCEDSTATUSCODES"]);
      else if (verb === "HELO" || verb === "NOOP") say(["250 sink.example"]);
      else if (verb === "MAIL") {
        from = /<([^>]*)>/.exec(line)?.[1] ?? "";
        to = [];
        say(["250 2.1.0 Ok"]);
      } else if (verb === "RCPT") {
        const recipient = /<([^>]*)>/.exec(line)?.[1] ?? "";
        const answer = options.answer(recipient);
        if (answer === "drop") socket.destroy();
        else if (answer === undefined) {
          to.push(recipient);
          say(["250 2.1.5 Ok"]);
        } else {
          say(answer);
          // 421 announces that the server closes the connection (RFC 5321 section 3.8).
          if (answer[0]?.startsWith("421")) socket.end();
        }
      } else if (verb === "DATA") {
        if (to.length === 0) say(["503 5.5.1 No recipients"]);
        else {
          inData = true;
          say(["354 Go ahead"]);
        }
      } else if (verb === "RSET") {
        to = [];
        say(["250 2.0.0 Ok"]);
      } else if (verb === "QUIT") {
        say(["221 2.0.0 Bye"]);
        socket.end();
      } else say(["502 5.5.2 Unknown command"]);
    };
    socket.on("data", (chunk) => {
      buffer += chunk.toString("latin1");
      for (;;) {
        if (inData) {
          const end = buffer.indexOf("\r\n.\r\n");
          if (end < 0) return;
          const data = buffer.slice(0, end).replace(/\r\n\.\./g, "\r\n.");
          buffer = buffer.slice(end + 5);
          inData = false;
          if (options.dropAfterData) {
            socket.destroy();
            return;
          }
          mails.push({ from, to, data });
          say(["250 2.0.0 Ok: queued"]);
        } else {
          const end = buffer.indexOf("\r\n");
          if (end < 0) return;
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          command(line);
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    mails,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Sends one mail over SMTP, and waits for the server's word. */
export function submit(port: number, from: string, to: string, data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    import("node:net").then(({ connect }) => {
      const steps = ["EHLO test.example", `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, "DATA", `${data}\r\n.`, "QUIT"];
      const socket = connect(port, "127.0.0.1");
      let buffer = "";
      let step = 0;
      socket.on("error", reject);
      socket.on("data", (chunk) => {
        buffer += chunk.toString("latin1");
        for (;;) {
          const m = /^(?:\d{3}-[^\n]*\n)*(\d)\d\d[ \r][^\n]*\n/.exec(buffer);
          if (!m) return;
          buffer = buffer.slice(m[0].length);
          if (m[1] !== "2" && m[1] !== "3") {
            socket.destroy();
            reject(new Error(`${steps[step - 1]}: ${m[0]}`));
            return;
          }
          const next = steps[step++];
          if (next === undefined) {
            socket.end();
            resolve();
            return;
          }
          socket.write(`${next}\r\n`);
        }
      });
    }, reject);
  });
}
