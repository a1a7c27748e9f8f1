import { expect, test } from 'vitest';
import { readAll } from '../../src/app/examine.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { memorySource } from '../../src/platform/sources.ts';
import { KeyLog, looksLikeKeyLog } from '../../src/wire/tls/passive/key-log.ts';
import { framesOf, pcap, segmentsOf } from './packets.ts';
import { speak } from './spoken.ts';

const { said, keyLog } = await speak({ version: 'TLSv1.3' });
const capture = memorySource('a.pcap', pcap(framesOf(segmentsOf(said))), 0);
const keys = memorySource('z.keylog', Buffer.from(keyLog), 0);

test.each([
  ['before', [keys, capture]],
  ['behind', [capture, keys]],
])('a key log %s its capture opens it', async (_, sources) => {
  const readings = await readAll(sources, nodeCrypto);
  expect(readings.map(({ source }) => source)).toEqual(sources.map(({ name }) => name));
  const kinds = Object.fromEntries(
    readings.map(({ kind, claims }) => [kind, claims.map(({ says }) => says)]),
  );
  expect(kinds).toEqual({ 'key-log': [], capture: ['certificate-request', 'certificate'] });
});

test('nothing of its secrets gets into what is read', async () => {
  const readings = await readAll([capture, keys], nodeCrypto);
  const secret = / ([0-9a-f]{64,})$/m.exec(keyLog)![1]!;
  const bytes = Buffer.from(secret, 'hex');
  const text = JSON.stringify(readings, (_, value) => (value instanceof Uint8Array ? [...value] : value));
  expect(text).not.toContain(secret);
  expect(text).not.toContain([...bytes].join());
});

test('lines as tools write them', () => {
  const random = 'Ab'.repeat(32);
  const master = '0f'.repeat(48);
  const log = new KeyLog();
  expect(
    log.add(
      `# a comment\r\nCLIENT_RANDOM ${random} ${master}\r\nEXPORTER_SECRET ${random} ${'00'.repeat(32)}\n`,
    ),
  ).toBe(1);
  expect(log.add(`RSA Session-ID:${'cd'.repeat(32)} Master-Key:${master}`)).toBe(1);
  expect(log.add(`CLIENT_RANDOM ${random.slice(2)} ${master}\nSOMETHING else`)).toBe(0);
  expect(log.master(new Uint8Array(32).fill(0xab), undefined)).toHaveLength(48);
  expect(log.master(new Uint8Array(32), new Uint8Array(32).fill(0xcd))).toHaveLength(48);
});

test('is told from other texts', () => {
  expect(looksLikeKeyLog(keyLog)).toBe(true);
  expect(looksLikeKeyLog(keyLog.slice(0, 300))).toBe(true);
  expect(looksLikeKeyLog('# Fields: date time\nCLIENT hello')).toBe(false);
  expect(looksLikeKeyLog('')).toBe(false);
});
