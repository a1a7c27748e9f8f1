import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  findNssDatabases,
  listEntries,
  type NssDatabase,
  readNss,
} from '../../../src/platform/stores/nss.ts';
import { printName } from '../../../src/wire/x509/name.ts';
import { issue } from '../../support/pki.ts';
import { recorded } from './fake-run.ts';

/** As certutil of NSS 3.87 prints it, blank first line and all. */
const LISTING = `
Certificate Nickname                                         Trust Attributes
                                                             SSL,S/MIME,JAR/XPI

Ada Löw  elace                                               u,u,u
Ada, of the library                                          ,,
A nickname that is so very long that it pushes the letters far out to the right CTu,u,u
My CA                                                        CT,C,C
`;

test('nicknames with blanks, commas and of any length, and who has a key', () => {
  expect(listEntries(LISTING)).toEqual([
    { nickname: 'Ada Löw  elace', hasPrivateKey: true },
    { nickname: 'Ada, of the library', hasPrivateKey: false },
    {
      nickname: 'A nickname that is so very long that it pushes the letters far out to the right',
      hasPrivateKey: true,
    },
    { nickname: 'My CA', hasPrivateKey: false },
  ]);
  expect(listEntries('')).toEqual([]);
});

const root = issue({ subject: 'Root', ca: true });
const [ada, older] = ['ada', 'ada before'].map((subject) => issue({ subject, issuer: root }));
const database: NssDatabase = { folder: '/home/ada/db', title: 'Chromium', clients: ['chromium-linux'] };
const listing = `
Certificate Nickname                                         Trust Attributes
                                                             SSL,S/MIME,JAR/XPI

ada                                                          u,u,u
Root                                                         CT,C,C
gone                                                         u,u,u
`;

test('certificates with a key are the user’s, the others what their chain is built of', async () => {
  const run = recorded({
    'certutil -L -d sql:/home/ada/db': listing,
    'certutil -L -d sql:/home/ada/db -a -n ada': ada!.pem + older!.pem,
    'certutil -L -d sql:/home/ada/db -a -n Root': root.pem,
    'certutil -L -d sql:/home/ada/db -a -n gone': { exitCode: 255, output: 'certutil: Could not find cert' },
  });
  const { certificates, notes } = await readNss(run, [database]);
  expect(certificates.map(({ identity }) => printName(identity.leaf.subject))).toEqual([
    'CN=ada',
    'CN=ada before',
  ]);
  expect(certificates[0]).toMatchObject({ where: 'Chromium', label: 'ada', clients: ['chromium-linux'] });
  const { reachable } = certificates[0]!.identity;
  expect(reachable.is === 'known' && reachable.value.map((one) => printName(one.subject))).toEqual([
    'CN=Root',
  ]);
  expect(notes).toEqual(['«gone» of Chromium cannot be read']);
});

test('a database that is broken is told, the next one read', async () => {
  const run = recorded({
    'certutil -L -d sql:/broken': {
      exitCode: 255,
      output: 'certutil: function failed: SEC_ERROR_BAD_DATABASE: security library: bad database.\n',
    },
    'certutil -L -d sql:/home/ada/db': '\n',
  });
  const broken = { ...database, folder: '/broken', title: 'Firefox profile x' };
  expect(await readNss(run, [broken, database])).toEqual({
    certificates: [],
    notes: [
      'the certificates of Firefox profile x cannot be read: certutil: function failed: SEC_ERROR_BAD_DATABASE: security library: bad database.',
    ],
  });
});

test('without certutil it says once what to install', async () => {
  const run = async () => ({ exitCode: 127, output: '', missing: true }) as const;
  const { notes } = await readNss(run, [database, database]);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain('apt install libnss3-tools');
});

test('databases of Chromium and of every Firefox profile are found, also of snaps and flatpaks', async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), 'handclasp-home-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const folders = [
    '.pki/nssdb',
    '.mozilla/firefox/x1.default',
    'snap/firefox/common/.mozilla/firefox/x2.default',
    '.var/app/org.chromium.Chromium/data/pki/nssdb',
  ];
  for (const folder of folders) {
    await mkdir(path.join(home, folder), { recursive: true });
    await writeFile(path.join(home, folder, 'cert9.db'), '');
  }
  await mkdir(path.join(home, '.mozilla/firefox/Crash Reports'));
  const found = await findNssDatabases(home);
  expect(found.map((one) => [one.title, ...one.clients])).toEqual([
    ['Chromium', 'chromium-linux'],
    ['Chromium, ~/.var/app/org.chromium.Chromium/data/pki/nssdb', 'chromium-linux'],
    ['Firefox profile x1.default', 'firefox'],
    ['Firefox profile x2.default', 'firefox'],
  ]);
  expect(await findNssDatabases(path.join(home, 'nobody'))).toEqual([]);
});
