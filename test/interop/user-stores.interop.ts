import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { clients } from '../../src/clients/index.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { runProgram } from '../../src/platform/stores/run.ts';
import { readUserStores } from '../../src/platform/stores/user-stores.ts';
import { readIdentityFile } from '../../src/wire/identity/identity-file.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { request } from '../clients/scene.ts';
import { handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';
import { findProgram, freePort, startPeer, testFolder, testWith } from './peers.ts';

/** The stores as the programs themselves make them. */

const root = issue({ subject: 'Root', ca: true });
const issuing = issue({ subject: 'Issuing', issuer: root, ca: true });
const usage = { extendedKeyUsage: ['clientAuth'], keyUsage: [0] };
const ada = issue({ subject: 'Ada Lovelace', issuer: issuing, ...usage });
const bob = issue({ subject: 'Bob', issuer: issue({ subject: 'Elsewhere', ca: true }), ...usage });

const server = issue({ subject: 'localhost', issuer: root, subjectAltNames: ['localhost'] });

const home = (): Promise<string> =>
  testFolder({
    'ada.pem': ada.pem + ada.keyPem,
    'bob.pem': bob.pem + bob.keyPem,
    'server.pem': server.pem + server.keyPem,
    'root.pem': root.pem,
    'issuing.pem': issuing.pem,
    password: 'secret\n',
  });

function fillDatabase(folder: string, database: string, password: readonly string[]): void {
  const at = path.join(folder, database);
  mkdirSync(at, { recursive: true });
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' });
  const pass = password.length > 0 ? password : ['--empty-password'];
  run('certutil', '-N', '-d', `sql:${at}`, ...pass);
  for (const [name, nickname] of [
    ['ada', 'Ada Löwelace, Countess'],
    ['bob', 'Bob'],
  ]) {
    run(
      'openssl',
      'pkcs12',
      '-export',
      '-in',
      `${name}.pem`,
      '-name',
      nickname!,
      '-out',
      `${name}.p12`,
      '-passout',
      'pass:x',
    );
    run(
      'pk12util',
      '-i',
      `${name}.p12`,
      '-d',
      `sql:${at}`,
      '-W',
      'x',
      ...(password.length > 0 ? ['-k', password[1]!] : []),
    );
  }
  run('certutil', '-A', '-d', `sql:${at}`, '-n', 'Issuing', '-t', ',,', '-i', 'issuing.pem');
  run('certutil', '-A', '-d', `sql:${at}`, '-n', 'Root', '-t', 'CT,C,C', '-i', 'root.pem', ...password);
}

const NEEDS = ['certutil', 'pk12util', 'openssl'];

testWith(NEEDS, 'the databases of Chromium and Firefox, one of them behind a password', async () => {
  const folder = await home();
  fillDatabase(folder, '.pki/nssdb', []);
  fillDatabase(folder, '.mozilla/firefox/x.default', ['-f', 'password']);
  const { certificates, notes } = await readUserStores(nodeCrypto, {
    platform: 'linux',
    home: folder,
    run: runProgram,
  });
  expect(notes).toEqual([]);
  const told = certificates.map(
    ({ where, label, hasPrivateKey, identity }) =>
      `${where}: ${label} ${printName(identity.leaf.subject)} ${hasPrivateKey}`,
  );
  expect(told.sort()).toEqual([
    'Chromium: Ada Löwelace, Countess CN=Ada Lovelace true',
    'Chromium: Bob CN=Bob true',
    'Firefox profile x.default: Ada Löwelace, Countess CN=Ada Lovelace true',
    'Firefox profile x.default: Bob CN=Bob true',
  ]);
  // The list names the root alone: only the chain through the database leads there, and only Ada's.
  const asked = request({ lists: [root] });
  const offers = certificates.map(({ label, identity, clients: [id] }) => {
    const model = clients.find((one) => one.id === id)!;
    return `${id} ${label}: ${model.decide(asked, identity, Date.now()).offer}`;
  });
  expect(offers.sort()).toEqual([
    'chromium-linux Ada Löwelace, Countess: prompted',
    'chromium-linux Bob: withheld',
    'firefox Ada Löwelace, Countess: prompted',
    'firefox Bob: withheld',
  ]);
});

testWith(NEEDS, 'why --my against openssl s_server, which names the root alone', async () => {
  const folder = await home();
  fillDatabase(folder, '.pki/nssdb', []);
  const port = await freePort();
  const args = [
    's_server',
    '-accept',
    `127.0.0.1:${port}`,
    '-cert',
    'server.pem',
    '-Verify',
    '1',
    '-CAfile',
    'root.pem',
    '-www',
  ];
  await startPeer(findProgram('openssl')!, args, port, folder);
  const run = await handclasp(['why', `https://localhost:${port}/`, '--my'], { env: { HOME: folder } });
  expect(run.out).toContain('would be shown 1 of the 2 in your stores: «CN=Ada Lovelace»');
  expect(run.out).toMatch(/ {2}not shown {2}«CN=Bob», issued by «CN=Elsewhere»/);
  expect(run.code).toBe(0);
});

testWith(['keytool'], 'a key store that keytool writes now, in each of its types', async () => {
  const folder = await home();
  for (const type of ['JKS', 'JCEKS', 'PKCS12']) {
    const store = path.join(folder, `${type}.store`);
    const common = ['-keystore', store, '-storetype', type, '-storepass', 'secret'];
    for (const [alias, algorithm, extra] of [
      ['ec', 'EC', ['-groupname', 'secp256r1']],
      ['rsa', 'RSA', ['-keysize', '2048']],
    ] as const) {
      const args = [
        '-genkeypair',
        '-alias',
        alias,
        '-keyalg',
        algorithm,
        ...extra,
        '-dname',
        `CN=${alias}`,
        ...common,
      ];
      execFileSync('keytool', args, { stdio: 'pipe' });
    }
    const bytes = await readFile(store);
    const file = await readIdentityFile(bytes, { crypto: nodeCrypto, password: 'secret' });
    expect([type, file.identities.map(({ alias, key }) => `${alias} ${key !== null}`).sort()]).toEqual([
      type,
      ['ec true', 'rsa true'],
    ]);
  }
});
