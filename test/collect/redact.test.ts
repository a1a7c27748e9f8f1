import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { redactBinary } from '../../src/redact/binary.ts';
import { redactFile } from '../../src/redact/file.ts';
import { Substitutes } from '../../src/redact/substitutes.ts';
import { redactText } from '../../src/redact/text.ts';
import type { Report } from '../../src/report/report.ts';
import { encodePkcs7 } from '../../src/wire/identity/pkcs7.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { makeLab, type TestLab, tempFolder } from '../lab/support.ts';
import { handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';

let lab: TestLab;
let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  lab = await makeLab({ broken: true });
  await lab.get({ path: '/secure' });
  folder = await tempFolder();
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

async function outcomes(evidence: string): Promise<string[]> {
  const { out } = await handclasp(['examine', '--json', evidence]);
  const { entries } = JSON.parse(out) as Report;
  return entries.map((one) => `${one.diagnosis} ${one.outcome} ${one.confidence}`);
}

/** Every file and its name. */
async function contents(of: string): Promise<Map<string, Buffer>> {
  const names = await readdir(of, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  return new Map(
    await Promise.all(files.map(async (file) => [file.slice(of.length + 1), await readFile(file)] as const)),
  );
}

/** In plain, in UTF-16, in hexadecimal with and without separators, in base64 at each of three offsets; any case. */
function traces(files: ReadonlyMap<string, Buffer>, original: string): string[] {
  const found: string[] = [];
  const plain = Buffer.from(original, 'utf8');
  const wide = Buffer.from(original, 'utf16le');
  for (const [name, bytes] of files) {
    const latin = bytes.toString('latin1').toLowerCase();
    const text = latin + bytes.toString('utf16le').toLowerCase();
    const digits = text.replace(/[^0-9a-f]/g, '');
    const is =
      text.includes(plain.toString('latin1').toLowerCase()) ||
      latin.includes(wide.toString('latin1').toLowerCase()) ||
      text.includes(original.toLowerCase()) ||
      digits.includes(plain.toString('hex')) ||
      digits.includes(wide.toString('hex')) ||
      [0, 1, 2].some((shift) => {
        const inside = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64');
        return plain.length > 6 && bytes.toString('latin1').includes(inside.slice(shift ? 4 : 0, -4));
      });
    if (is || name.toLowerCase().includes(original.toLowerCase())) found.push(`${original} in ${name}`);
  }
  return found;
}

const expectNone = async (of: string, originals: readonly string[]): Promise<void> => {
  const files = await contents(of);
  expect(originals.flatMap((original) => traces(files, original))).toEqual([]);
};

test('collected from the lab: no name and no thumbprint is left, and examine says the same', async () => {
  await handclasp(['collect', '--lab', lab.folder, '--out', at('plain')]);
  const run = await handclasp(['collect', '--redact', '--lab', lab.folder, '--out', at('redacted')]);
  expect(run.code).toBe(1);
  expect(run.out).not.toContain('left out');
  const netsh = await readFile(at('plain', 'netsh-sslcert.txt'), 'utf8');
  const hash = /Certificate Hash\s+: ([0-9a-f]{40})/.exec(netsh)![1]!;
  await expectNone(at('redacted'), ['www.handclasp.localhost', 'Handclasp Lab', 'WEB01', hash]);
  expect(await outcomes(at('redacted'))).toEqual(await outcomes(at('plain')));
  expect((await outcomes(at('redacted')))[0]).toMatch(/^binding-lost-ctl-store found /);
});

/** A host as many are, with names in every kind of file. */
async function writeEvidence(): Promise<string[]> {
  const root = issue({
    subject: [
      ['C', 'DE'],
      ['O', 'Fabrikam Bank AG'],
      ['CN', 'Fabrikam Wurzel CA'],
    ],
    ca: true,
  });
  const issuing = issue({
    subject: [
      ['O', 'Fabrikam Bank AG'],
      ['CN', 'Fabrikam Ausgabe CA 2'],
    ],
    ca: true,
    issuer: root,
  });
  const server = issue({
    subject: 'kunden.fabrikam-bank.de',
    subjectAltNames: [
      'kunden.fabrikam-bank.de',
      'upn:svc-portal@fabrikam-bank.de',
      'uri:http://crl.fabrikam-bank.de/wurzel.crl',
    ],
    issuer: issuing,
  });
  const hash = createHash('sha1').update(server.der).digest('hex');
  await mkdir(at('host', 'W3SVC1'), { recursive: true });
  const put = (name: string, content: string | Uint8Array) => writeFile(at('host', name), content);
  const utf16 = (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le');
  await put('LocalMachine-Root.p7b', encodePkcs7([root.der]));
  await put('LocalMachine-ClientAuthIssuer.pem', `${issuing.pem}`);
  await put('LocalMachine-My.p7b', encodePkcs7([server.der]));
  const flags = [
    'Enabled',
    'Disabled',
    'Enabled',
    '0',
    '0',
    '(null)',
    '(null)',
    'Disabled',
    'Enabled',
    'Disabled',
  ];
  const labels = [
    'Verify Client Certificate Revocation',
    'Verify Revocation Using Cached Client Certificate Only',
    'Usage Check',
    'Revocation Freshness Time',
    'URL Retrieval Timeout',
    'Ctl Identifier',
    'Ctl Store Name',
    'DS Mapper Usage',
    'Negotiate Client Certificate',
    'Reject Connections',
  ];
  const record = (key: string) => [
    `    ${key}`,
    `    Certificate Hash             : ${hash}`,
    '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}',
    '    Certificate Store Name       : My',
    ...labels.map((label, i) => `    ${label.padEnd(28)} : ${flags[i]}`),
    '',
  ];
  await put(
    'netsh-sslcert.txt',
    [
      '',
      'SSL Certificate bindings:',
      '-------------------------',
      '',
      ...record('Hostname:port                : kunden.fabrikam-bank.de:443'),
      ...record('IP:port                      : 10.20.30.41:443'),
      '',
    ].join('\r\n'),
  );
  await put(
    'schannel.reg',
    utf16(
      'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n"SendTrustedIssuerList"=dword:00000001\n"ClientAuthTrustMode"=dword:00000002\n\n',
    ),
  );
  const key =
    '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslSniBindingInfo\\{0F1E2D3C-0000-4000-8000-000000000001}]';
  await put(
    'http-parameters.reg',
    utf16(
      `Windows Registry Editor Version 5.00\n\n${key}\n"SslCertHash"=hex:${hash.replace(/..(?=.)/g, '$&,').replace(/(.{45}),/, '$1,\\\n  ')}\n"HostnamePort"="kunden.fabrikam-bank.de:443"\n"DefaultFlags"=dword:00000002\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName]\n"ComputerName"="FRAWEB17"\n\n`,
    ),
  );
  await put(
    'applicationHost.config',
    '<?xml version="1.0"?>\n<configuration><system.applicationHost><sites><site name="Kundenportal" id="1"><application path="/"><virtualDirectory path="/" physicalPath="D:\\Fabrikam\\www" userName="FABRIKAMNT\\svc-portal" /></application><bindings><binding protocol="https" bindingInformation="*:443:kunden.fabrikam-bank.de" sslFlags="1" /></bindings></site></sites></system.applicationHost><location path="Kundenportal"><system.webServer><security><access sslFlags="Ssl, SslNegotiateCert, SslRequireCert" /></security></system.webServer></location></configuration>\n',
  );
  await put(
    'W3SVC1/u_ex261125.log',
    '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n2026-11-25 09:00:00 10.20.30.41 GET / konto=k4711x0815z 443 FABRIKAMNT\\mueller.anna 203.0.113.77 curl https://intranet.fabrikam-bank.de/x?geheim=1 200 0 0 3\r\n2026-11-25 09:01:00 10.20.30.41 GET / konto=k4711x0815z 443 - 203.0.113.77 curl - 403 7 5 3\r\n',
  );
  await put(
    'events-system.xml',
    utf16(
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Schannel'/><EventID>36887</EventID><TimeCreated SystemTime='2026-11-25T09:00:00.0Z'/><Computer>FRAWEB17.fabrikam-bank.de</Computer></System><EventData><Data Name='AlertDesc'>48</Data><Data Name='SubjectUserSid'>S-1-5-21-1111111111-2222222222-3333333333-1104</Data></EventData></Event>\n",
    ),
  );
  return [
    'fabrikam',
    'kunden.',
    'svc-portal',
    'FRAWEB17',
    'mueller',
    'anna',
    'Wurzel',
    'Ausgabe',
    '10.20.30.41',
    '203.0.113.77',
    '1111111111-2222222222',
    'geheim',
    'k4711x0815z',
    hash,
    Buffer.from(server.der.subarray(-40, -8)).toString('latin1'),
  ];
}

describe('evidence at hand', () => {
  let originals: string[] = [];
  beforeAll(async () => {
    originals = await writeEvidence();
    const run = await handclasp(['collect', '--redact', at('host'), '--out', at('host-redacted')]);
    expect(run.out).toMatch(/^9 files in /);
    expect(run.code, run.out).toBe(0);
  });

  test('nothing of the originals is left in any form', () => expectNone(at('host-redacted'), originals));

  test('examine says the same', async () => {
    expect(await outcomes(at('host-redacted'))).toEqual(await outcomes(at('host')));
  });

  test('the record still names a certificate of the store, and registry and netsh agree', async () => {
    const netsh = await readFile(at('host-redacted', 'netsh-sslcert.txt'), 'latin1');
    const hash = /Certificate Hash\s+: ([0-9a-f]{40})/.exec(netsh)![1]!;
    const my = await readFile(at('host-redacted', 'LocalMachine-My.p7b'));
    const start = my.indexOf(Buffer.from([0xa0, 0x82])) >= 0;
    expect(start).toBe(true);
    const { out } = await handclasp(['examine', '--json', at('host-redacted')]);
    expect(out).toContain(hash);
    const registry = (await readFile(at('host-redacted', 'http-parameters.reg'))).toString('utf16le');
    expect(registry.replace(/[^0-9a-f]/g, '')).toContain(hash);
    expect(netsh).toMatch(/IP:port {22}: 10\.\d{2}\.\d{2}\.\d{2}:443/);
  });

  test('another run makes other substitutes, and the same archive again is redacted no less', async () => {
    await handclasp(['collect', '--redact', at('host'), '--out', at('again.zip')]);
    const { out } = await handclasp(['examine', '--json', at('again.zip')]);
    const host = JSON.stringify((JSON.parse(out) as Report).entries.map((one) => one.subject));
    const first = await handclasp(['examine', '--json', at('host-redacted')]);
    expect(host).not.toBe(
      JSON.stringify((JSON.parse(first.out) as Report).entries.map((one) => one.subject)),
    );
  });
});

test('what cannot be redacted is left out by name', async () => {
  await mkdir(at('fixed'));
  const pcap = Buffer.alloc(24);
  pcap.writeUInt32LE(0xa1b2c3d4, 0);
  pcap.writeUInt16LE(2, 4);
  pcap.writeUInt16LE(4, 6);
  pcap.writeUInt32LE(65535, 16);
  pcap.writeUInt32LE(1, 20);
  await writeFile(at('fixed', 'x.pcap'), pcap);
  const run = await handclasp(['collect', '--redact', at('fixed'), '--out', at('fixed-redacted')]);
  expect(run.code).toBe(1);
  expect(run.out).toMatch(/left out x\.pcap: a capture cannot be redacted/);
  expect(await readdir(at('fixed-redacted'))).toEqual(['handclasp-bundle.json']);
});

const made = (...words: string[]): Substitutes => {
  const substitutes = new Substitutes(nodeCrypto, new Uint8Array(32).fill(7));
  for (const word of words) substitutes.words.add(word);
  return substitutes;
};

test('a stand-in keeps dates, usages, length and the relation of issuer and subject', () => {
  const root = issue({ subject: [['CN', 'Contoso Root']], ca: true });
  const leaf = issue({
    subject: 'ada',
    issuer: root,
    extendedKeyUsage: ['clientAuth'],
    subjectAltNames: ['mail:ada@contoso.com', '192.168.7.9'],
  });
  const substitutes = made('contoso', 'ada');
  const [standRoot, standLeaf] = [root, leaf].map((one) =>
    parseCertificate(redactBinary(one.der, substitutes)),
  );
  const original = parseCertificate(leaf.der);
  expect(standLeaf).toMatchObject({
    notBefore: original.notBefore,
    notAfter: original.notAfter,
    extendedKeyUsage: original.extendedKeyUsage,
    keyKind: original.keyKind,
    keyBits: original.keyBits,
  });
  expect(standLeaf!.der.length).toBe(leaf.der.length);
  expect(printName(standLeaf!.issuer)).toBe(printName(standRoot!.subject));
  expect(printName(standRoot!.issuer)).toBe(printName(standRoot!.subject));
  expect(printName(standRoot!.subject)).toMatch(/^CN=(?!Contoso)\w{7} Root$/);
  expect(Buffer.from(standLeaf!.spki)).not.toEqual(Buffer.from(original.spki));
  expect(standLeaf!.authorityKeyId).toBe(standRoot!.subjectKeyId);
  expect(standLeaf!.serial).not.toBe(original.serial);
});

test('words of formats, GUIDs, dates, versions and loopback stay', () => {
  const text =
    '{4dc3e181-e14b-4a21-b022-59fc669b0914} 127.0.0.1 0.0.0.0:443 [::]:443 ::1 Version=4.0.0.0, 2026-11-25 13:47:36 2.5.29.15';
  expect(redactText(text, made('contoso'))).toBe(text);
});

test('addresses keep their kind', () => {
  const substitutes = made();
  for (const [ip, kept] of [
    ['10.1.2.3', /^10\./],
    ['192.168.4.5', /^192\.168\./],
    ['172.20.1.1', /^172\.20\./],
    ['169.254.9.9', /^169\.254\./],
  ] as const)
    expect(substitutes.ip4(ip)).toMatch(kept);
  expect(substitutes.ip4('8.8.4.4')).toMatch(/^[2-9]\.\d\.\d\.\d$/);
  expect(substitutes.ip6('fe80::1a2b')).toMatch(/^fe80::[0-9a-f]{4}$/);
});

test('whatever the bytes: nothing throws, and what is no text keeps its length', () => {
  const substitutes = made('contoso');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(redactBinary(bytes, substitutes).length).toBe(bytes.length);
      redactFile(bytes, substitutes);
    }),
    { numRuns: 500 },
  );
});
