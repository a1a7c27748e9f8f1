import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { exitCodeOf, identityOf, type WhyQuestion, why } from '../app/why.ts';
import type { SigningKey } from '../base/ports.ts';
import { clients } from '../clients/index.ts';
import type { Identity } from '../clients/model.ts';
import { probe } from '../net/probe.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { escapeJson } from '../report/escape.ts';
import { renderWhy } from '../report/render/why.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { loadIdentity, readCertificates } from './identity.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';
import { VERSION } from './version.ts';
import { addWayOptions, type WayOptions, wayTo } from './way.ts';

interface Options extends WayOptions {
  cert?: string;
  key?: string;
  passwordFile?: string;
  issuer?: string;
  store?: string;
  tls?: string;
  sni?: string | false;
  connectTo?: string;
  timeout: string;
  json?: boolean;
}

const command = () =>
  addWayOptions(
    new Command('why')
      .description(
        'Ask a TLS server on the wire which client certificates it wants, and say which client would offer yours',
      )
      .argument('<url>', 'https://HOST[:PORT]/path, or smtp://HOST, ldaps://HOST, tls://HOST:PORT …')
      .option('--cert <file>', 'the client certificate: PEM, DER, PKCS#12 or PKCS#7')
      .option('--key <file>', 'its private key, when it lies in another file')
      .option('--password-file <file>', 'password of the PKCS#12 file or key (or HANDCLASP_PASSWORD)')
      .option('--issuer <file>', 'the issuing CA: show what changes when it lies beside the certificate')
      .option('--store <file>', "CA certificates in the client machine's own stores")
      .option('--tls <version>', 'ask with one version only: 1.2 or 1.3')
      .option('--sni <name>', 'send this server name instead of the one in the URL')
      .option('--no-sni', 'send no server name')
      .option('--connect-to <address>', 'connect to this address instead of the name in the URL')
      .option('--timeout <seconds>', 'give up after this long', '10')
      .option('--json', 'print JSON'),
  ).addHelpText(
    'after',
    `
Examples:
  handclasp why https://www.example.com/
  handclasp why https://www.example.com/secure --cert user.p12 --password-file pass.txt
  handclasp why https://www.example.com/ --connect-to 192.0.2.10 --json > probe.json
  handclasp why mssql://db.example.com --proxy socks5h://bastion.example.com:1080

Exit codes: 0 the list was read and no client withholds the certificate, 1 some client does not offer it,
2 cannot tell (unreachable, no TLS there), 64 wrong use.`,
  );

export async function run(argv: string[], out: Output): Promise<number> {
  const { args, options } = await parse<Options>(command(), argv, out);
  const { url, ...way } = await wayTo(args[0]!, options);
  const { identity, key } = await identityFrom(options);
  const question: WhyQuestion = {
    url,
    ...way,
    serverName: serverNameOf(url, options.sni),
    versions: versionsOf(options.tls),
    timeout: secondsOf(options.timeout) * 1000,
    ...(options.connectTo === undefined ? {} : { connectTo: options.connectTo }),
    ...(identity ? { identity } : {}),
    ...(key ? { key } : {}),
    ...(options.issuer ? { issuers: await certificatesIn(options.issuer) } : {}),
  };
  const report = await why(question, {
    probe,
    digest: nodeCrypto,
    clients,
    now: Date.now(),
    toolVersion: VERSION,
  });
  out.out(options.json ? `${escapeJson(report)}\n` : renderWhy(report, out.style));
  return exitCodeOf(report);
}

/** RFC 6066 3: an address is never sent as server_name. */
function serverNameOf(url: URL, sni: string | false | undefined): string | null {
  if (sni === false) return null;
  if (typeof sni === 'string') return sni;
  return /^[\d.]+$|^\[/.test(url.hostname) ? null : url.hostname;
}

function versionsOf(text: string | undefined): number[] {
  if (text === undefined) return [0x0304, 0x0303];
  if (text === '1.3') return [0x0304];
  if (text === '1.2') return [0x0303];
  throw new UsageError(`--tls ${text}: only 1.2 and 1.3 are spoken`, 'leave --tls out to ask with both');
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 300))
    throw new UsageError(`--timeout ${text}: not a number of seconds`, 'give 1 to 300');
  return seconds;
}

async function identityFrom(options: Options): Promise<{ identity?: Identity; key?: SigningKey }> {
  if (!options.cert) {
    if (options.key) throw new UsageError('--key without --cert', 'give the certificate as well');
    return {};
  }
  const loaded = await loadIdentity(options.cert, options.key, options.passwordFile);
  const store = options.store ? await certificatesIn(options.store) : undefined;
  const identity = identityOf(loaded.certificates, loaded.key !== null, store)!;
  return loaded.key ? { identity, key: loaded.key } : { identity };
}

async function certificatesIn(file: string): Promise<Certificate[]> {
  return readCertificates(file, await readFile(file).catch(() => null));
}
