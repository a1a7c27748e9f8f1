import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lookAt } from '../../src/app/look-at.ts';
import { answerOf } from '../../src/base/known.ts';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { labDoor } from '../../src/lab/door.ts';
import { openPki } from '../../src/lab/pki.ts';
import { bindRenewed } from '../../src/lab/renewal.ts';
import { scenarios } from '../../src/lab/scenarios/index.ts';
import scenario from '../../src/lab/scenarios/renewal-lost-ctl-store.ts';
import { startLab } from '../../src/lab/server.ts';
import { setUp } from '../../src/lab/set-up.ts';
import { probe } from '../../src/net/probe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { assuming, type HypothesisId } from '../../src/windows/hypotheses.ts';
import iisManager from '../../src/windows/rebinders/iis-manager.ts';
import { freePort, tempFolder } from './support.ts';

let folder: string;
beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('every scenario has its own id and expects a diagnosis that there is', () => {
  const ids = scenarios.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  const diagnosed = diagnoses.map((one) => one.id);
  for (const { expected } of scenarios) expect(diagnosed).toContain(expected.diagnosis);
});

/** What is found on a running lab, from its files and its wire. */
async function foundOn(broken: boolean, one: (typeof scenarios)[number]): Promise<string[]> {
  await setUp(folder, one, { port: await freePort(), now: Date.now(), broken });
  const lab = await startLab(folder);
  try {
    const tools = { digest: nodeCrypto, now: Date.now(), version: 'test', probe };
    const { report } = await lookAt(labDoor(folder), tools);
    return report.entries.filter((entry) => entry.outcome === 'found').map((entry) => entry.diagnosis);
  } finally {
    await lab.close();
  }
}

describe.each(scenarios.map((one) => [one.id, one] as const))('%s', (_id, one) => {
  test('is found after what it breaks', async () => {
    expect(await foundOn(true, one)).toContain(one.expected.diagnosis);
  });
  test('is not found before', async () => {
    expect(await foundOn(false, one)).toEqual([]);
  });
});

describe('a renewal by IIS Manager', () => {
  const renewedUnder = async (variants: Partial<Record<HypothesisId, string>>) => {
    const setting = { pki: await openPki(folder, Date.now()), port: 8443, now: Date.now() };
    const healthy = await scenario.healthy(setting);
    const host = { ...healthy, assume: assuming(variants) };
    const renewed = await setting.pki.issueServer(setting.now);
    return { renewed, fields: answerOf(bindRenewed(host, renewed, iisManager).bindings)[0]!.fields };
  };

  test('binds the new certificate and loses the store of issuers', async () => {
    const { renewed, fields } = await renewedUnder({});
    expect(fields.certhash).toMatchObject({ value: renewed.thumbprint });
    expect(fields.sslctlstorename).toMatchObject({ value: undefined });
  });

  test('switches negotiation off, or keeps it, by the chosen variant', async () => {
    const off = await renewedUnder({ 'rebinding-and-negotiation': 'switched-off' });
    expect(off.fields.clientcertnegotiation).toMatchObject({ value: false });
    const kept = await renewedUnder({ 'rebinding-and-negotiation': 'kept' });
    expect(kept.fields.clientcertnegotiation).toMatchObject({ value: true });
  });
});
