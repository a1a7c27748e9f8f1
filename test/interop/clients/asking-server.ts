import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fromHex, toHex } from '../../../src/base/bytes.ts';
import type { Offer } from '../../../src/clients/model.ts';
import { decodeCertificate } from '../../../src/wire/tls/handshake/certificate.ts';
import {
  type CertificateRequest,
  decodeCertificateRequest,
} from '../../../src/wire/tls/handshake/certificate-request.ts';
import { issue } from '../../support/pki.ts';
import { header, type Need } from './driver.ts';
import type { Scenario, SchemeName } from './traits.ts';

const run = promisify(execFile);

/** One question to a client: a scenario with the names that its list holds. */
export interface Asked {
  readonly scenario: Pick<Scenario, 'version' | 'schemes' | 'types'>;
  /** DER. */
  readonly names: readonly Uint8Array[];
}

export interface AskingServer {
  /** One for each question. */
  readonly ports: readonly number[];
  /** Waits for open connections, ends the server, and tells what each question met with; again the same. */
  end(): Promise<Answer[]>;
}

/** What a client did, in the words of the models; a prompt that picks by itself counts as offered. */
export type Seen = Exclude<Offer, 'prompted' | 'unknown'> | 'did not come';

export interface Answer {
  readonly seen: Seen;
  /** As it was on the wire; null when the client ended the handshake before. */
  readonly request: CertificateRequest | null;
  /** Certificates sent, DER. */
  readonly sent: readonly Uint8Array[];
}

export const SERVER_NEEDS: readonly Need[] = ['gcc', header('openssl/ssl.h'), 'openssl'];

/** Puts the server into the folder, with its certificate: server.pem, server.key, server-ca.pem. */
export async function buildAskingServer(folder: string): Promise<void> {
  const ca = issue({ subject: 'Server CA', ca: true });
  const server = issue({
    subject: 'localhost',
    issuer: ca,
    subjectAltNames: ['localhost', '127.0.0.1'],
    extendedKeyUsage: ['serverAuth'],
  });
  await writeFile(path.join(folder, 'server-ca.pem'), ca.pem);
  await writeFile(path.join(folder, 'server.pem'), server.pem);
  await writeFile(path.join(folder, 'server.key'), server.keyPem, { mode: 0o600 });
  await run('gcc', [
    ...['-O1', '-o', path.join(folder, 'asking-server'), path.join(import.meta.dirname, 'asking-server.c')],
    ...['-lssl', '-lcrypto', '-lpthread'],
  ]);
}

/** One that was built into the folder. */
export async function startAskingServer(folder: string, questions: readonly Asked[]): Promise<AskingServer> {
  const file = (name: string): string => path.join(folder, name);
  const child = spawn(file('asking-server'), [file('server.pem'), file('server.key')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = linesOf(child);
  child.stdin.write(`${questions.map(questionLine).join('\n')}\n\n`);
  const ports = (await lines.first).trim().split(' ').map(Number);
  let answers: Answer[] | undefined;
  return {
    ports,
    async end() {
      if (answers) return answers;
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      if (child.exitCode === null) await once(child, 'exit');
      clearTimeout(late);
      const connections = (await lines.rest).map((line) => JSON.parse(line) as Connection);
      answers = questions.map(({ scenario }, i) =>
        answerOf(
          connections.filter((one) => one.question === i),
          scenario,
        ),
      );
      return answers;
    },
  };
}

function questionLine({ scenario, names }: Asked): string {
  const { schemes, types } = scenario;
  return [
    scenario.version,
    schemes?.map(opensslName).join(':') ?? '-',
    types ? toHex(Uint8Array.from(types)) : '-',
    names.length > 0 ? names.map((name) => toHex(name)).join(',') : '-',
  ].join('\t');
}

/** OpenSSL 3.0 knows those with SHA-1 only as pairs. */
const opensslName = (scheme: SchemeName): string =>
  ({ rsa_pkcs1_sha1: 'RSA+SHA1', ecdsa_sha1: 'ECDSA+SHA1' })[scheme as string] ?? scheme;

function linesOf(child: ChildProcess): { first: Promise<string>; rest: Promise<string[]> } {
  let text = '';
  const ended = new Promise<void>((resolve) => child.stdout!.once('close', resolve));
  const first = new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    void ended.then(() => reject(new Error('the asking server did not start')));
  });
  return {
    first,
    rest: ended.then(() =>
      text
        .split('\n')
        .slice(1)
        .filter((line) => line !== ''),
    ),
  };
}

interface Connection {
  readonly question: number;
  readonly handshake: boolean;
  /** Body of the CertificateRequest, hex; empty when the client went away before. */
  readonly request: string;
  /** Body of the client's Certificate message, hex. */
  readonly certificate: string | null;
  /** Whether CertificateVerify came. */
  readonly verify: boolean;
  readonly alert: number;
}

/** Browsers come more than once: before they have chosen, and again with their choice. */
function answerOf(connections: readonly Connection[], { version }: Asked['scenario']): Answer {
  const number = version === '1.2' ? 0x0303 : 0x0304;
  const sentBy = ({ certificate }: Connection): Uint8Array[] =>
    decodeCertificate(fromHex(certificate!), number).entries.map((one) => one.der);
  const answered = connections.filter((one) => one.certificate !== null);
  const best = answered.find((one) => sentBy(one).length > 0) ?? answered[0];
  const asked = connections.find((one) => one.request !== '');
  const request = asked ? decodeCertificateRequest(fromHex(asked.request), number) : null;
  const sent = best ? sentBy(best) : [];
  return { seen: connections.length === 0 ? 'did not come' : seenOf(best, sent.length), request, sent };
}

function seenOf(best: Connection | undefined, sent: number): Seen {
  if (best === undefined) return 'aborted';
  if (sent === 0) return 'withheld';
  return best.verify ? 'offered' : 'sent-then-aborted';
}
