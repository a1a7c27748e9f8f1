import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import firefoxModel from '../../../src/clients/firefox.ts';
import { findProgram, freePort } from '../peers.ts';
import { byHolders, type Driver, type Unmade } from './driver.ts';
import { type Holder, PASSWORD } from './identities.ts';

const PROGRAM = findProgram('firefox-esr', 'firefox') ?? 'firefox';

/**
 * One browser, driven over Marionette. Its dialog is replaced by one that picks the wanted certificate where that is
 * shown; so that it has nothing to show but those of the scenario, they are brought into its store before and taken
 * out after.
 */
export const firefox: Driver = {
  name: 'Firefox',
  model: firefoxModel,
  needs: [['firefox-esr', 'firefox']],
  version: [PROGRAM, '--version'],
  async run(visits, folder) {
    const browser = await Browser.start(await mkdtemp(path.join(folder, 'firefox-')));
    const unmade = new Map<number, string>();
    try {
      await browser.trust(await readFile(path.join(folder, 'server-ca.pem'), 'utf8'));
      await browser.answerDialogs();
      for (const { holders, visits: same } of byHolders(visits)) {
        const refused = await browser.hold(holders);
        for (const visit of same) {
          const why = refused.get(visit.wanted);
          if (why === undefined) await browser.open(`https://localhost:${visit.port}/`, visit.wanted.name);
          else unmade.set(visits.indexOf(visit), why);
        }
      }
    } finally {
      await browser.end();
    }
    return unmade satisfies Unmade;
  },
};

const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  'security.default_personal_cert': 'Ask Every Time',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // The icon would be fetched when the store holds the next certificate already.
  'browser.chrome.site_icons': false,
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'extensions.update.enabled': false,
  'services.settings.server': '',
  'dom.security.https_first': false,
};

const HOLD = `
  const store = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  for (const one of store.getCerts())
    if (one.certType & Ci.nsIX509Cert.USER_CERT) store.deleteCertificate(one);
  return arguments[0].map((name) => {
    const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    file.initWithPath(name);
    return store.importPKCS12File(file, arguments[1]);
  });`;

const WANTED = 'handclasp.wanted';
const WANT = `Services.prefs.setStringPref('${WANTED}', arguments[0]);`;

/** Who asks for the dialog gives the certificates second and the callback last, in every version. */
const ANSWER = `
  const dialog = {
    QueryInterface: ChromeUtils.generateQI(['nsIClientAuthDialogService']),
    chooseCertificate(host, shown, ...others) {
      const wanted = Services.prefs.getStringPref('${WANTED}');
      const found = Array.from(shown).find((one) => one.commonName === wanted) ?? null;
      others.at(-1).certificateChosen(found, 0);
    },
  };
  const factory = { createInstance: (iid) => dialog.QueryInterface(iid), QueryInterface: ChromeUtils.generateQI(['nsIFactory']) };
  Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
    Services.uuid.generateUUID(), '', '@mozilla.org/security/ClientAuthDialogService;1', factory);`;

const TRUST = `
  const store = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  store.addCertFromBase64(arguments[0], 'C,,');`;

class Browser {
  readonly #process: ChildProcess;
  readonly #socket: net.Socket;
  readonly #waiting = new Map<number, (told: [unknown, unknown]) => void>();
  #next = 1;

  private constructor(child: ChildProcess, socket: net.Socket) {
    this.#process = child;
    this.#socket = socket;
    child.once('exit', () => {
      for (const id of this.#waiting.keys()) this.#hear([1, id, 'the browser has ended', null]);
    });
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let part = cutPacket(bytes); part; part = cutPacket(bytes)) {
        bytes = part.rest;
        this.#hear(JSON.parse(part.packet) as unknown);
      }
    });
  }

  static async start(profile: string): Promise<Browser> {
    const port = await freePort();
    const lines = Object.entries({ ...PREFERENCES, 'marionette.port': port }).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    await writeFile(path.join(profile, 'user.js'), lines.join(''));
    const args = [
      '--headless',
      '--no-remote',
      '--marionette',
      '--remote-allow-system-access',
      '--profile',
      profile,
    ];
    const child = spawn(PROGRAM, args, {
      env: { ...process.env, HOME: profile, MOZ_HEADLESS: '1' },
      stdio: 'ignore',
      detached: true,
    });
    const browser = new Browser(child, await connectSoon(port));
    await browser.#ask('WebDriver:NewSession', {
      capabilities: { alwaysMatch: { timeouts: { pageLoad: 12_000 } } },
    });
    return browser;
  }

  async trust(pem: string): Promise<void> {
    await this.#script(TRUST, [pem.replaceAll(/-----.*-----|\s/g, '')]);
  }

  async answerDialogs(): Promise<void> {
    await this.#script(ANSWER, []);
  }

  /** Leaves it with these identities only; returns those that cannot be brought in, and why. */
  async hold(holders: readonly Holder[]): Promise<ReadonlyMap<Holder, string>> {
    const files = holders.map((one) => one.pkcs12);
    const { value } = (await this.#script(HOLD, [files, PASSWORD])) as { value: number[] };
    return new Map(
      holders.flatMap((one, i) => (value[i] === 0 ? [] : [[one, `importPKCS12File: ${value[i]}`] as const])),
    );
  }

  /** Goes there and wants that certificate; an error page is an answer, too. */
  async open(url: string, wanted: string): Promise<void> {
    await this.#script(WANT, [wanted]);
    await this.#ask('WebDriver:Navigate', { url }).catch(() => undefined);
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    const late = setTimeout(() => process.kill(-this.#process.pid!, 'SIGKILL'), 10_000);
    await this.#ask('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
    await exit;
    clearTimeout(late);
    this.#socket.destroy();
  }

  async #script(script: string, args: readonly unknown[]): Promise<unknown> {
    await this.#ask('Marionette:SetContext', { value: 'chrome' });
    const answer = await this.#ask('WebDriver:ExecuteScript', { script, args });
    await this.#ask('Marionette:SetContext', { value: 'content' });
    return answer;
  }

  #ask(name: string, parameters: object): Promise<unknown> {
    const id = this.#next++;
    const packet = JSON.stringify([0, id, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(packet)}:${packet}`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ([error, result]) =>
        error ? reject(new Error(`${name}: ${JSON.stringify(error)}`)) : resolve(result),
      );
    });
  }

  #hear(told: unknown): void {
    // Its greeting is no array.
    if (!Array.isArray(told)) return;
    const [, id, error, result] = told as [number, number, unknown, unknown];
    this.#waiting.get(id)?.([error, result]);
    this.#waiting.delete(id);
  }
}

/** A packet of Marionette: its length, a colon, JSON. */
function cutPacket(bytes: Buffer): { packet: string; rest: Buffer } | null {
  const colon = bytes.indexOf(':');
  if (colon < 0) return null;
  const end = colon + 1 + Number(bytes.toString('latin1', 0, colon));
  if (bytes.length < end) return null;
  return { packet: bytes.toString('utf8', colon + 1, end), rest: bytes.subarray(end) };
}

async function connectSoon(port: number): Promise<net.Socket> {
  for (let tries = 0; ; tries++) {
    const socket = net.connect(port, '127.0.0.1');
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (connected) return socket;
    if (tries === 300) throw new Error('Firefox does not answer on its Marionette port');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
