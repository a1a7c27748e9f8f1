import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LookTools, pictureOf, probeRecords } from '../../src/app/look-at.ts';
import { prove } from '../../src/app/prove.ts';
import { known } from '../../src/base/known.ts';
import { labDoor } from '../../src/lab/door.ts';
import { readHost } from '../../src/lab/state.ts';
import { probe } from '../../src/net/probe.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { ProbeRecord } from '../../src/report/why.ts';
import { makeLab, type TestLab } from '../lab/support.ts';
import { handclasp } from '../support/cli.ts';

// A server that asks for the certificate only once it has read the request for /secure.

let lab: TestLab;
const tools: LookTools = { digest: nodeCrypto, now: Date.now(), version: '0', probe };

beforeAll(async () => {
  lab = await makeLab();
  await lab.setRecord({ clientcertnegotiation: false });
});
afterAll(() => lab.close());

async function asked(more: Partial<LookTools> = {}, withSites = true): Promise<string[]> {
  const host = await readHost(lab.folder);
  const sources = await probeRecords(withSites ? host : { ...host, sites: known([]) }, { ...tools, ...more });
  const records = await Promise.all(
    sources.map(async ({ chunks }) => {
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks()) parts.push(chunk);
      return JSON.parse(Buffer.concat(parts).toString()) as ProbeRecord;
    }),
  );
  return records.map(
    ({ askedWith, asks, http }) => `${askedWith.version} ${askedWith.path} ${asks} ${http?.substatus}`,
  );
}

test('it is asked for the path whose access rule wants a certificate, and its late request is seen', async () => {
  expect(await asked()).toEqual(['TLS 1.3, TLS 1.2 / null undefined', 'TLS 1.2 /secure renegotiation 403.7']);
});

test('without a configuration for the paths that are given, by both ways', async () => {
  expect(await asked({}, false)).toEqual(['TLS 1.3, TLS 1.2 / null undefined']);
  expect(await asked({ paths: ['/elsewhere', '/secure'] }, false)).toEqual([
    'TLS 1.3, TLS 1.2 / null undefined',
    expect.stringMatching(/^TLS 1.2 \/elsewhere null/),
    expect.stringMatching(/^TLS 1.3 \/elsewhere null/),
    'TLS 1.2 /secure renegotiation 403.7',
  ]);
});

test('a record that asks in the handshake is sent no request', async () => {
  await lab.setRecord({ clientcertnegotiation: true });
  try {
    expect(await asked()).toEqual([expect.stringMatching(/^TLS 1.3, TLS 1.2 \/ handshake/)]);
  } finally {
    await lab.setRecord({ clientcertnegotiation: false });
  }
});

test('what was foretold of its list is proven by the late request', async () => {
  const picture = await pictureOf(labDoor(lab.folder), tools);
  const key = { kind: 'hostnameport', value: `www.handclasp.localhost:${lab.port}` } as const;
  const list = (name: string) =>
    ({ is: 'sent', store: 'ClientAuthIssuer', bytes: 0, truncated: false, names: [name] }) as const;
  const plan = (name: string): Plan => ({
    steps: [],
    advice: [],
    conflicts: [],
    refusals: [],
    foreseen: {
      clears: [],
      remains: [],
      appears: [],
      lists: [{ host: picture.hosts[0]!.name, key, under: [{ variants: {}, list: list(name) }] }],
    },
  });
  expect(prove(plan('CN=Handclasp Lab Issuing CA, O=Handclasp Lab'), picture, picture)).toEqual({
    is: 'proven',
  });
  expect(prove(plan('CN=Other'), picture, picture).is).toBe('contradicted');
});

test('fix proves its repair there', async () => {
  await lab.setRecord({ sslctlstorename: undefined });
  const env = { HANDCLASP_STATE: lab.folder };
  const { out, code } = await handclasp(['fix', '--lab', '--state', lab.folder, '--apply'], { env });
  expect(out).toContain('proven on the wire: the list of issuers is the one foretold');
  expect(code).toBe(0);
});
