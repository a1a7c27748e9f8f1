import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import chromiumLinux from '../../../src/clients/chromium-linux.ts';
import { byHolders, type Driver, inLanes, ROOT, type Visit } from './driver.ts';
import { type Holder, PASSWORD } from './identities.ts';

const run = promisify(execFile);

/** Read from the system by Chromium alone: picks for the user among the certificates that would be shown. */
const POLICIES = '/etc/chromium/policies/managed';
const POLICY = path.join(POLICIES, `handclasp-afresh-${process.pid}.json`);
const TABS = 4;

/**
 * Where the server lists issuers, one browser holds all identities: each has CAs of its own, so that no other one
 * matches. Where it lists none, all would, and so each gets a browser of its own. Of several identities at once each
 * group has a browser of its own.
 */
export const chromium: Driver = {
  name: 'Chromium',
  model: chromiumLinux,
  needs: ['chromium', 'certutil', 'pk12util', ROOT],
  version: ['chromium', '--version'],
  async run(visits, folder) {
    const isShared = ({ isListless, holders }: Visit): boolean => !isListless && holders.length === 1;
    const sessions = [
      visits.filter(isShared),
      ...byHolders(visits.filter((one) => !isShared(one))).map((one) => one.visits),
    ].filter((one) => one.length > 0);
    const refused = new Map<Holder, string>();
    await mkdir(POLICIES, { recursive: true });
    await writeFile(POLICY, JSON.stringify({ AutoSelectCertificateForUrls: visits.map(selection) }));
    try {
      await inLanes(2, sessions, async (session) => {
        for (const [holder, why] of await browse(session, folder)) refused.set(holder, why);
      });
    } finally {
      await rm(POLICY, { force: true });
    }
    return new Map(
      visits.flatMap(({ wanted }, i) => (refused.has(wanted) ? [[i, refused.get(wanted)!]] : [])),
    );
  },
};

/** Returns the identities that could not be brought in. */
async function browse(visits: readonly Visit[], folder: string): Promise<ReadonlyMap<Holder, string>> {
  const home = await mkdtemp(path.join(folder, 'chromium-'));
  const refused = await fillDatabase(path.join(home, '.pki/nssdb'), folder, visits);
  const made = visits.filter(({ wanted }) => !refused.has(wanted));
  if (made.length === 0) return refused;
  const browser = await Browser.start(home);
  const lanes = Math.min(TABS, made.length);
  try {
    const tabs = await Promise.all(Array.from({ length: lanes }, () => browser.openTab()));
    await inLanes(lanes, made, ({ port }, _, lane) => tabs[lane]!(`https://localhost:${port}/`));
  } finally {
    await browser.end();
  }
  return refused;
}

const selection = ({ port, wanted }: Visit): string =>
  JSON.stringify({ pattern: `https://localhost:${port}`, filter: { SUBJECT: { CN: wanted.name } } });

/** Returns the identities that NSS does not import, with what it says: those with Ed25519 keys. */
async function fillDatabase(
  database: string,
  folder: string,
  visits: readonly Visit[],
): Promise<Map<Holder, string>> {
  await mkdir(database, { recursive: true });
  const at = ['-d', `sql:${database}`];
  await run('certutil', [...at, '-N', '--empty-password']);
  await run('certutil', [...at, '-A', '-n', 'server', '-t', 'C,,', '-i', path.join(folder, 'server-ca.pem')]);
  const [password, empty] = [path.join(database, 'password'), path.join(database, 'empty')];
  await writeFile(password, PASSWORD);
  await writeFile(empty, '');
  const refused = new Map<Holder, string>();
  for (const holder of new Set(visits.flatMap((visit) => visit.holders))) {
    const args = [...at, '-i', holder.pkcs12, '-w', password, '-k', empty];
    const because = (error: { stderr: string }) => error.stderr.trim();
    await run('pk12util', args).catch((error) => refused.set(holder, because(error)));
  }
  return refused;
}

interface Told {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Chromium over the pipe of its DevTools protocol: JSON between zero bytes. */
class Browser {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (told: Told) => void>();
  #next = 1;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.once('exit', () => {
      for (const id of this.#waiting.keys()) this.#hear({ id, error: { message: 'the browser has ended' } });
    });
    let text = '';
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (text + chunk).split('\0');
      text = parts.pop()!;
      for (const part of parts) this.#hear(JSON.parse(part) as Told);
    });
  }

  static async start(home: string): Promise<Browser> {
    const env = {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, 'config'),
      XDG_DATA_HOME: path.join(home, 'data'),
    };
    const args = [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
      ...['--disable-component-update', '--remote-debugging-pipe', `--user-data-dir=${home}/profile`],
      'about:blank',
    ];
    const child = spawn('chromium', args, {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    return new Browser(child);
  }

  /** Returns what goes to an address and waits until the answer, or the error, is there. */
  async openTab(): Promise<(url: string) => Promise<void>> {
    const { targetId } = await this.#ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#ask('Target.attachToTarget', { targetId, flatten: true });
    return async (url) => {
      const late = new Promise((resolve) => setTimeout(resolve, 15_000).unref());
      await Promise.race([this.#ask('Page.navigate', { url }, sessionId as string), late]);
    };
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    const late = setTimeout(() => process.kill(-this.#process.pid!, 'SIGKILL'), 10_000);
    await this.#ask('Browser.close', {}).catch(() => undefined);
    await exit;
    clearTimeout(late);
  }

  #ask(method: string, params: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
    const id = this.#next++;
    const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      );
    });
  }

  #hear(told: Told): void {
    if (told.id === undefined) return;
    this.#waiting.get(told.id)?.(told);
    this.#waiting.delete(told.id);
  }
}
