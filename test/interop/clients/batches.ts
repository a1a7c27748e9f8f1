import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import gnutls from '../../../src/clients/gnutls.ts';
import gnutlsForced from '../../../src/clients/gnutls-forced.ts';
import go from '../../../src/clients/go.ts';
import javaPkix from '../../../src/clients/java-pkix.ts';
import javaSunx509 from '../../../src/clients/java-sunx509.ts';
import openssl from '../../../src/clients/openssl.ts';
import opensslStrict from '../../../src/clients/openssl-strict.ts';
import { findProgram } from '../peers.ts';
import { ALL_MADE, type Driver, header, type Need, runOut, type Visit, visitLines } from './driver.ts';
import { PASSWORD } from './identities.ts';

const run = promisify(execFile);
const source = (name: string): string => path.join(import.meta.dirname, name);
const BATCH_LIMIT = 240_000;

/** Clients of ours around libraries: one process makes all visits. */

const gnutlsDriver = (name: string, model: Driver['model'], flag: 'free' | 'force'): Driver => ({
  name,
  model,
  needs: ['gcc', header('gnutls/gnutls.h')],
  version: ['gnutls-cli', '--version'],
  async run(visits, folder) {
    const program = path.join(folder, `gnutls-client-${flag}`);
    await run('gcc', ['-O1', '-o', program, source('gnutls-client.c'), '-lgnutls']);
    await runOut(program, [flag], visitLines(visits), BATCH_LIMIT);
    return ALL_MADE;
  },
});

export const gnutlsLibrary = gnutlsDriver('GnuTLS, library chooses', gnutls, 'free');
export const gnutlsLibraryForced = gnutlsDriver('GnuTLS, forced', gnutlsForced, 'force');

const opensslDriver = (name: string, model: Driver['model'], mode: 'plain' | 'strict'): Driver => ({
  name,
  model,
  needs: ['gcc', header('openssl/ssl.h')],
  version: ['openssl', 'version'],
  async run(visits, folder) {
    const program = path.join(folder, `openssl-client-${mode}`);
    await run('gcc', ['-O1', '-o', program, source('openssl-client.c'), '-lssl', '-lcrypto']);
    await runOut(program, [mode], visitLines(visits), BATCH_LIMIT);
    return ALL_MADE;
  },
});

export const opensslLibrary = opensslDriver('libssl', openssl, 'plain');
export const opensslLibraryStrict = opensslDriver('libssl, strict', opensslStrict, 'strict');

/**
 * JDKs before the updates of 2025 sign TLS handshakes with SHA-1, where nothing else is offered; since then
 * jdk.tls.disabledAlgorithms keeps them from it, and the models are of these.
 */
const JDK_WITHOUT_SHA1: Need = {
  name: "a JDK whose java.security has 'rsa_pkcs1_sha1 usage HandshakeSignature' (17.0.21 has)",
  isThere() {
    const { stderr } = spawnSync('java', ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
    const home = /java\.home = (.*)/.exec(stderr ?? '')?.[1] ?? '';
    const file = path.join(home, 'conf/security/java.security');
    return existsSync(file) && readFileSync(file, 'utf8').includes('rsa_pkcs1_sha1 usage HandshakeSignature');
  },
};

const javaDriver = (name: string, model: Driver['model'], keyManager: string): Driver => ({
  name,
  model,
  needs: ['java', 'javac', JDK_WITHOUT_SHA1],
  version: ['java', '-version'],
  async run(visits, folder) {
    const classes = path.join(folder, `java-${keyManager}`);
    await run('javac', ['-d', classes, source('JavaClient.java')]);
    const args = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', classes, 'JavaClient', keyManager];
    await runOut('java', args, visitLines(visits), BATCH_LIMIT);
    return ALL_MADE;
  },
});

export const javaDefault = javaDriver('Java, SunX509', javaSunx509, 'SunX509');
export const javaWithPkix = javaDriver('Java, PKIX', javaPkix, 'PKIX');

export const goClient: Driver = {
  name: 'Go',
  model: go,
  needs: ['go'],
  version: ['go', 'version'],
  async run(visits, folder) {
    const program = path.join(folder, 'go-client');
    await run('go', ['build', '-o', program, source('go-client.go')], {
      env: { ...process.env, GO111MODULE: 'off', GOCACHE: path.join(folder, 'go-cache'), GOFLAGS: '' },
    });
    await runOut(program, [], visitLines(visits), BATCH_LIMIT);
    return ALL_MADE;
  },
};

export const python: Driver = {
  name: 'Python ssl',
  program: 'Python',
  model: openssl,
  needs: ['python3'],
  version: ['python3', '-c', 'import sys, ssl; print(sys.version.split()[0], ssl.OPENSSL_VERSION)'],
  async run(visits) {
    await runOut(findProgram('python3')!, [source('python-client.py')], visitLines(visits), BATCH_LIMIT);
    return ALL_MADE;
  },
};

export const nodeHttps: Driver = {
  name: 'Node https',
  model: openssl,
  needs: ['node'],
  version: ['node', '--version'],
  async run(visits) {
    for (const visit of visits) await getWithNode(visit);
    return ALL_MADE;
  },
};

/**
 * Of several it is given PKCS#12 files: from an array of PEM it loads all certificates before the first key, and two
 * keys of one kind do not fit then.
 */
async function identitiesForNode(holders: Visit['holders']) {
  const files = (kind: 'chain' | 'key' | 'pkcs12') => Promise.all(holders.map((one) => readFile(one[kind])));
  if (holders.length === 1) return { cert: await files('chain'), key: await files('key') };
  return { pfx: (await files('pkcs12')).map((buf) => ({ buf, passphrase: PASSWORD })) };
}

async function getWithNode({ port, version, holders }: Visit): Promise<void> {
  const identities = await identitiesForNode(holders);
  const only = `TLSv${version}` as const;
  await new Promise<void>((resolve) => {
    const request = https.get(
      {
        host: '127.0.0.1',
        port,
        ...identities,
        rejectUnauthorized: false,
        agent: false,
        minVersion: only,
        maxVersion: only,
      },
      (answer) => answer.resume().once('close', () => resolve()),
    );
    request.setTimeout(10_000, () => request.destroy());
    request.once('error', () => resolve());
  });
}
