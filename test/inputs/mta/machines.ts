/** Postfix and Exim on loopback, in folders of their own, from Debian's packages: installed or unpacked. */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { submit } from "./sink.ts";

/** Where unpacked packages may lie; the machine itself last. See fetch-mta.sh. */
const ROOTS = [process.env.MTA_ROOT, resolve(import.meta.dirname, "../../../node_modules/.cache/mta"), "/"].filter(
  (r) => r !== undefined,
);

export const POSTFIX_ROOT = ROOTS.find((r) => existsSync(join(r, "usr/lib/postfix/sbin/master")));
export const EXIM_ROOT = ROOTS.find((r) => existsSync(join(r, "usr/sbin/exim4")));

/** Postfix and Exim insist on being started by root. */
export const IS_ROOT = process.getuid?.() === 0;

export interface Ports {
  main: number;
  drop: number;
  greeting: number;
  dropData: number;
}

export interface Mta {
  send(to: string): Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

const SENDER = "sender@sender.example";
const mail = (to: string) =>
  `From: <${SENDER}>\r\nTo: <${to}>\r\nSubject: test\r\nMessage-ID: <${to.replace("@", ".")}@test.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nHello.`;
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));

const idOf = (file: string, name: string): number =>
  Number(new RegExp(`^${name}:[^:]*:(\\d+)`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? Number.NaN);

function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function untilOpen(port: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("connect", () => {
        socket.destroy();
        done(true);
      });
      socket.on("error", () => done(false));
    });
    if (open) return;
    await sleep(100);
  }
  throw new Error(`Nothing listens at port ${port}.`);
}

function scratch(name: string): string {
  const folder = join(tmpdir(), `sfm-${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

export async function startPostfix(root: string, ports: Ports): Promise<Mta> {
  const folder = scratch("postfix");
  const port = await freePort();
  const lib = join(root, "usr/lib/postfix");
  const sbin = join(lib, "sbin");
  const uid = idOf("/etc/passwd", "mail");
  for (const d of ["conf", "data", "queue"]) mkdirSync(join(folder, d));
  for (const d of "active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public pid".split(
    " ",
  ))
    mkdirSync(join(folder, "queue", d));
  for (const d of "active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public".split(
    " ",
  ))
    chownSync(join(folder, "queue", d), uid, 0);
  chownSync(join(folder, "data"), uid, 0);
  const log = join(folder, "mail.log");
  writeFileSync(
    join(folder, "conf/transport"),
    `drop.example smtp:[127.0.0.1]:${ports.drop}\ngreeting.example smtp:[127.0.0.1]:${ports.greeting}\ndropdata.example smtp:[127.0.0.1]:${ports.dropData}\n`,
  );
  writeFileSync(
    join(folder, "conf/main.cf"),
    `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
daemon_directory = ${sbin}
command_directory = ${join(root, "usr/sbin")}
shlib_directory = ${lib}
meta_directory = ${folder}/conf
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH
maillog_file = ${log}
maillog_file_prefixes = ${folder}
mail_owner = mail
setgid_group = nogroup
default_privs = daemon
myhostname = mta.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.1]:${ports.main}
transport_maps = texthash:${folder}/conf/transport
alias_maps =
alias_database =
local_recipient_maps =
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_tls_security_level = none
smtp_connection_cache_on_demand = no
default_destination_concurrency_failed_cohort_limit = 0
initial_destination_concurrency = 10
# One attempt, then the mail goes back: so that deferrals give a DSN, too.
maximal_queue_lifetime = 0
bounce_queue_lifetime = 0
notify_classes =
`,
  );
  writeFileSync(
    join(folder, "conf/master.cf"),
    `127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`,
  );
  const master = spawn(join(sbin, "master"), ["-c", join(folder, "conf"), "-d"], {
    env: { ...process.env, LD_LIBRARY_PATH: lib },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  master.stderr.on("data", (c) => {
    errors += c;
  });
  const ended = new Promise<void>((done) => master.on("exit", () => done()));
  try {
    await untilOpen(port);
  } catch (error) {
    master.kill();
    throw new Error(`Postfix did not start: ${error} ${errors} ${existsSync(log) ? readFileSync(log, "utf8") : ""}`);
  }
  return {
    send: (to) => submit(port, SENDER, to, mail(to)),
    log: () => readFileSync(log, "utf8"),
    stop: async () => {
      master.kill("SIGTERM");
      await Promise.race([ended, sleep(5000)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Exim is built to run as Debian-exim, and is setuid, so that it takes no LD_LIBRARY_PATH. Where user and libraries are
 * missing, it gets them in a mount namespace of its own; the machine is left as it is.
 */
function eximCommand(root: string, folder: string): string[] {
  const exim = join(root, "usr/sbin/exim4");
  if (root === "/") return [exim];
  for (const file of ["passwd", "group"]) {
    const line = file === "passwd" ? "Debian-exim:x:8:8::/:/usr/sbin/nologin\n" : "Debian-exim:x:8:\n";
    writeFileSync(
      join(folder, file),
      readFileSync(join("/etc", file), "utf8").replace(/^Debian-exim:.*\n/m, "") + line,
    );
  }
  const libraries = ["x86_64", "aarch64"].map((m) => join(root, `usr/lib/${m}-linux-gnu`)).filter((l) => existsSync(l));
  execFileSync("ldconfig", ["-C", join(folder, "ld.so.cache"), ...libraries], { stdio: "ignore" });
  const mounts = ["passwd", "group", "ld.so.cache"].map((f) => `mount --bind ${folder}/${f} /etc/${f}`);
  const script = `${mounts.join(" && ")} && exec "$0" "$@"`;
  return ["unshare", "-m", "sh", "-c", script, exim];
}

export async function startExim(root: string, ports: Ports): Promise<Mta> {
  const folder = scratch("exim");
  const command = eximCommand(root, folder);
  for (const d of ["spool", "log"]) {
    mkdirSync(join(folder, d));
    chownSync(join(folder, d), 8, 8);
  }
  const router = (name: string, condition: string) =>
    `${name}:\n  driver = manualroute\n${condition}  transport = ${name}\n  route_list = * 127.0.0.1 byname\n  self = send\n\n`;
  const transport = (name: string, port: number) =>
    `${name}:\n  driver = smtp\n  port = ${port}\n  allow_localhost\n  hosts_avoid_tls = *\n  hosts_try_chunking =\n\n`;
  writeFileSync(
    join(folder, "exim.conf"),
    `exim_path = ${join(root, "usr/sbin/exim4")}
exim_user = mail
exim_group = mail
never_users =
keep_environment =
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
primary_hostname = mta.example
qualify_domain = mta.example
disable_ipv6 = true
tls_advertise_hosts =
log_selector = +smtp_confirmation
begin routers
${router("drop", "  domains = drop.example\n")}${router("greeting", "  domains = greeting.example\n")}${router("dropdata", "  domains = dropdata.example\n")}${router("main", "")}begin transports
${transport("drop", ports.drop)}${transport("greeting", ports.greeting)}${transport("dropdata", ports.dropData)}${transport("main", ports.main)}begin retry
`,
  );
  chmodSync(join(folder, "exim.conf"), 0o644);
  const [program = "", ...args] = command;
  const env = process.env;
  const conf = join(folder, "exim.conf");
  // Throws, and so says why, where Exim cannot run here.
  execFileSync(program, [...args, "-C", conf, "-bV"], { env, stdio: "pipe" });
  return {
    send: (to) =>
      new Promise((done, reject) => {
        const child = spawn(program, [...args, "-C", conf, "-odf", "-oi", "-f", SENDER, to], {
          env,
          stdio: ["pipe", "pipe", "pipe"],
        });
        let errors = "";
        child.stderr.on("data", (c) => {
          errors += c;
        });
        child.on("error", reject);
        child.on("exit", (code) => (code === 0 ? done() : reject(new Error(`exim: ${code} ${errors}`))));
        child.stdin.end(mail(to).replaceAll("\r\n", "\n"));
      }),
    log: () => readFileSync(join(folder, "log/mainlog"), "utf8"),
    stop: async () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
