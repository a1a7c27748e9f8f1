import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAll } from '../../src/app/examine.ts';
import type { Reading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { memorySource } from '../../src/platform/sources.ts';
import type { Report } from '../../src/report/report.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { makeLab, type TestLab, tempFolder } from '../lab/support.ts';
import { handclasp } from '../support/cli.ts';

// What the scripts would write on the lab's host, byte for byte in the layout of Windows' programs: a console of code
// page 850, UTF-16LE of reg.exe and wevtutil, a manifest with a byte order mark.

let lab: TestLab;
let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  lab = await makeLab({ broken: true });
  await lab.get({ path: '/secure' });
  folder = await tempFolder();
  await handclasp(['collect', '--lab', lab.folder, '--out', at('direct')]);
  // No script can ask the wire.
  for (const name of await readdir(at('direct'))) if (name.startsWith('probe-')) await rm(at('direct', name));
  // The lab keeps no event logs.
  await writeFile(at('direct', 'events-system.xml'), utf16(EVENTS));
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

async function outcomes(evidence: string): Promise<{ verdicts: string[]; report: Report }> {
  const { out } = await handclasp(['examine', '--json', evidence]);
  const report = JSON.parse(out) as Report;
  return { report, verdicts: report.entries.map((one) => `${one.diagnosis} ${one.subject} ${one.outcome}`) };
}

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

/** In another language, as netsh prints it in a console of code page 850: only shape and position tell. */
function translated(netsh: string): Buffer {
  const values: Readonly<Record<string, string>> = {
    Enabled: 'Aktiviert',
    Disabled: 'Deaktiviert',
    Set: 'Festgelegt',
    'Not Set': 'Nicht festgelegt',
  };
  let number = 0;
  const text = netsh
    .replace('SSL Certificate bindings:', 'SSL-Zertifikatbindungen f\x81r:')
    .replace(/^ {4}(\S.*?) +: (.*?)(\r?)$/gm, (_, label: string, value: string, end: string) => {
      const words = label === 'Hostname:port' ? 'Hostname:Port' : `Bezeichnung f\x81r ${++number}`;
      return `    ${words.padEnd(28)} : ${values[value] ?? value}${end}`;
    });
  return Buffer.from(text, 'latin1');
}

const EVENT = (id: number, time: string, data: string): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Schannel' Guid='{1f678132-5938-4686-9fdc-c8ff68f15c85}'/><EventID>${id}</EventID><Level>2</Level><TimeCreated SystemTime='${time}'/><Channel>System</Channel><Computer>WEB01.example.com</Computer></System><EventData>${data}</EventData></Event>`;

const EVENTS = `${EVENT(36887, '2026-11-25T13:00:00.0000000Z', "<Data Name='AlertDesc'>48</Data>")}\r\n${EVENT(36885, '2026-11-25T12:00:00.0000000Z', '')}\r\n`;

interface Entry {
  id: string;
  file: string | null;
  kind?: string;
  answers?: string;
}

const common: readonly Entry[] = [
  { id: 'netsh-sslcert', file: 'netsh-sslcert.txt', kind: 'netsh-sslcert', answers: 'bindings' },
  { id: 'schannel', file: 'schannel.reg', kind: 'registry', answers: 'schannel' },
  { id: 'application-host', file: 'applicationHost.config', kind: 'iis-config', answers: 'sites' },
  { id: 'events-system', file: 'events-system.xml', kind: 'events' },
  { id: 'netsh-service-state', file: 'netsh-servicestate.txt' },
];

async function writeCommon(to: string): Promise<string> {
  await mkdir(at(to, 'W3SVC1'), { recursive: true });
  const [log = ''] = await readdir(at('direct', 'W3SVC1'));
  await writeFile(at(to, 'W3SVC1', log), await readFile(at('direct', 'W3SVC1', log)));
  const netsh = await readFile(at('direct', 'netsh-sslcert.txt'), 'latin1');
  await writeFile(at(to, 'netsh-sslcert.txt'), translated(netsh));
  await writeFile(at(to, 'schannel.reg'), await readFile(at('direct', 'schannel.reg')));
  const configuration = await readFile(at('direct', 'applicationHost.config'), 'utf8');
  await writeFile(at(to, 'applicationHost.config'), `\ufeff${configuration}`);
  await writeFile(at(to, 'events-system.xml'), utf16(EVENTS));
  await writeFile(
    at(to, 'netsh-servicestate.txt'),
    'Momentaufnahme des HTTP-Dienststatus (\x81):\r\n',
    'latin1',
  );
  return log;
}

test('PowerShell: a bundle as its script writes it reaches what direct collecting reaches', async () => {
  const log = await writeCommon('powershell');
  const stores = (await readdir(at('direct'))).filter((name) => name.endsWith('.p7b'));
  for (const name of stores) await writeFile(at('powershell', name), await readFile(at('direct', name)));
  const entries = [
    ...common,
    ...stores.map((file) => ({ id: 'store', file, kind: 'certificates' })),
    { id: 'iis-logs', file: `W3SVC1/${log}`, kind: 'w3c-log', answers: 'log' },
    { id: 'store-disallowed', file: null, kind: 'certificates', answers: 'store:Disallowed' },
  ];
  const items = entries.map(({ file, ...item }) => ({
    files: file === null ? [] : [{ sha256: '00', bytes: 1, name: file }],
    command: 'x',
    exitCode: file === null ? 1 : 0,
    ...item,
  }));
  const manifest = { schema: 'handclasp/bundle/1', by: 'powershell', version: '0', host: 'WEB01', items };
  const about = {
    ...manifest,
    takenAt: new Date().toISOString(),
    utcOffset: 60,
    elevated: true,
    notes: [],
    os: { installationType: 'Server', build: '20348' },
  };
  const text = JSON.stringify(about, null, 4).replaceAll('\n', '\r\n');
  await writeFile(at('powershell', 'handclasp-bundle.json'), `\ufeff${text}\r\n`);
  const { verdicts, report } = await outcomes(at('powershell'));
  expect(verdicts).toEqual((await outcomes(at('direct'))).verdicts);
  expect(verdicts[0]).toMatch(/^binding-lost-ctl-store .* on WEB01 (?:found|depends)$/);
  expect(report.sources.find(({ name }) => name === 'events-system.xml')).toMatchObject({ kind: 'events' });
  expect(report.sources.find(({ name }) => name === 'netsh-servicestate.txt')).toMatchObject({
    kind: 'for people',
  });
});

async function readingOf(name: string): Promise<Reading> {
  const [reading] = await readAll([memorySource(name, await readFile(at('direct', name)), 0)], nodeCrypto);
  return reading!;
}

/** What certutil says of a certificate whose key is there. */
const KEY_LINES = [
  '  Conteneur de cl\x82 = te-WebServer-5a1c',
  '  Fournisseur = Microsoft Software Key Storage Provider',
  'Succ\x8as du test de cryptage',
];

/** A store as certutil lists it, in French with the hash in pairs, and its part of the registry. */
async function storeFiles(name: string): Promise<{ listing: Buffer; registry: Buffer }> {
  const store = name.replace(/^LocalMachine-|\.p7b$/g, '');
  const held = (await readingOf(name)).claims.filter((claim) => claim.says === 'store-certificate');
  const blocks = held.flatMap(({ thumbprint, certificate }, i) => [
    `================ Certificat ${i} ================`,
    'Num\x82ro de s\x82rie\xff: 0102',
    `\x90metteur\xff: ${printName(certificate.issuer)}`,
    `Objet\xff: ${printName(certificate.subject)}`,
    `Hach. cert. (sha1)\xff: ${thumbprint.replace(/..(?=.)/g, '$& ')}`,
    ...(store === 'My' ? KEY_LINES : []),
    '',
  ]);
  const lines = [
    `certutil -silent -store ${store}`,
    `${store} "Autorit\x82s"`,
    ...blocks,
    "CertUtil: -store La commande s'est termin\x82e correctement.",
    '',
  ];
  const keys = held.flatMap(({ thumbprint, certificate }) => {
    const blob = Buffer.alloc(12);
    blob.writeUInt32LE(32, 0);
    blob.writeUInt32LE(1, 4);
    blob.writeUInt32LE(certificate.der.length, 8);
    const hex = [...Buffer.concat([blob, certificate.der])].map((byte) => byte.toString(16).padStart(2, '0'));
    const root = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates\\${store}\\Certificates`;
    return [
      `[${root}\\${thumbprint.toUpperCase()}]`,
      `"Blob"=hex:${hex.join(',').replace(/(.{75}),/g, '$1,\\\r\n  ')}`,
      '',
    ];
  });
  return {
    listing: Buffer.from(lines.join('\r\n'), 'latin1'),
    registry: utf16(['Windows Registry Editor Version 5.00', '', ...keys, ''].join('\r\n')),
  };
}

test('cmd: stores that certutil lists and the registry holds count as whole, and reach the same', async () => {
  const log = await writeCommon('cmd');
  const lines = common.map(({ id, file, kind, answers }) => {
    const told = `"id":"${id}","command":"x"${kind ? `,"kind":"${kind}"` : ''}${answers ? `,"answers":"${answers}"` : ''}`;
    return `{${told},"exitCode":0,"files":[{"name":"${file}","bytes":1,"sha256":"00"}]},`;
  });
  for (const name of (await readdir(at('direct'))).filter((one) => one.endsWith('.p7b'))) {
    const { listing, registry } = await storeFiles(name);
    await writeFile(at('cmd', name.replace('.p7b', '.txt')), listing);
    await writeFile(at('cmd', name.replace('.p7b', '.reg')), registry);
  }
  lines.push(
    `{"id":"iis-logs","command":"x","exitCode":0,"files":[{"name":"W3SVC1/${log}","bytes":1,"sha256":"00"}]},`,
  );
  const head =
    '{"schema":"handclasp/bundle/1","by":"cmd","version":"0","host":"WEB01","elevated":true,"os":{"build":"20348","installationType":"Server"},"items":[';
  await writeFile(at('cmd', 'handclasp-bundle.json'), `${[head, ...lines, 'null]}'].join('\r\n')}\r\n`);
  const { verdicts, report } = await outcomes(at('cmd'));
  expect(verdicts).toEqual((await outcomes(at('direct'))).verdicts);
  expect(report.notes.filter(({ message }) => /not whole|in part/.test(message))).toEqual([]);
});

test('an empty store as certutil lists it is known to be empty', async () => {
  const text =
    'certutil -silent -store ClientAuthIssuer\r\nClientAuthIssuer "x"\r\nCertUtil: -store command completed successfully.\r\n';
  const [reading] = await readAll(
    [memorySource('LocalMachine-ClientAuthIssuer.txt', Buffer.from(text), 0)],
    nodeCrypto,
  );
  expect(reading?.claims).toMatchObject([
    { says: 'store-listing', store: 'ClientAuthIssuer', whole: true, certificates: [] },
  ]);
});

test('a store of its own name is told by the location before it', async () => {
  const bytes = await readFile(at('direct', 'LocalMachine-Root.p7b'));
  const [reading] = await readAll([memorySource('LocalMachine-Partner CAs.p7b', bytes, 0)], nodeCrypto);
  expect(reading?.claims.map((claim) => ('store' in claim ? claim.store : ''))).toContain('Partner CAs');
});
