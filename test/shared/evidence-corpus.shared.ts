import crypto from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Claim, Logons } from '../../src/evidence/claims.ts';
import { accessRules } from '../../src/evidence/iis-config/access-rules.ts';
import type { Reading } from '../../src/evidence/read.ts';
import { parseXml } from '../../src/evidence/xml.ts';
import { assemble } from '../../src/picture/assemble.ts';
import { RegFileReader } from '../../src/windows/registry/reg-file.ts';
import { read } from '../evidence/readings.ts';

// Real files that nobody here wrote, beside the checkout (../shared/corpus). Each is read without a fault, and agrees
// with what an independent tool read from it where there is such a truth.

const corpus = path.join(import.meta.dirname, '../../../shared/corpus');
const FOLDERS = [
  'netsh',
  'reg',
  'reg-derived',
  'certstore',
  'certutil',
  'ps-cert',
  'iis-w3c',
  'iis-config',
  'httperr',
  'events-text',
  'evtx',
  // Their truth is held against ours elsewhere: captures.shared.ts, pfx.shared.ts, x509-odd.shared.ts.
  'pcap',
  'pcap-generated',
  'pcap-go-recorded',
  'pfx',
  'x509-odd',
];

const files = FOLDERS.flatMap((folder) => {
  const at = path.join(corpus, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .filter((name) => !/\.(source|truth\..+)$|^README/.test(name))
    .map((name) => ({ folder, name, file: path.join(at, name) }));
});

const tally = new Map<string, number>();
const count = (row: string): void => void tally.set(row, (tally.get(row) ?? 0) + 1);

describe.skipIf(files.length === 0)('corpus of evidence (../shared/corpus)', () => {
  test.each(files)('$folder/$name', ({ folder, name, file }) => {
    const given = readFileSync(file);
    const bytes = new Uint8Array(name.endsWith('.gz') ? gunzipSync(given) : given);
    const reading = read(name, bytes);
    expect(reading.notes.filter(({ message }) => message.includes('fault of Handclasp'))).toEqual([]);
    // A key log is said to nobody: it opens captures, and its secrets stay out of claims.
    if (reading.kind !== 'key-log')
      expect(reading.claims.length + reading.notes.length, 'neither a claim nor a note').toBeGreaterThan(0);
    assemble([reading]);
    const outcome =
      reading.kind === null
        ? 'not recognised'
        : reading.kind === 'key-log'
          ? 'keys'
          : reading.claims.length > 0
            ? 'claims'
            : 'notes only';
    const truth = `${file}.truth.json`;
    const agreed =
      existsSync(truth) && agrees(folder, reading, bytes, JSON.parse(readFileSync(truth, 'utf8')));
    count(
      `${folder.padEnd(16)} ${(reading.kind ?? '-').padEnd(23)} ${outcome.padEnd(15)} ${agreed ? 'agrees with the truth' : 'no truth to compare'}`,
    );
  });

  // The truth of these texts is by eye: what stands in them, as far as it matters here.
  test.each([
    [
      '07-2016-adfs-two-records-1space.txt',
      'hostnameport sts.aadtesting.info:443',
      { sslctlstorename: 'AdfsTrustedDevices', disablehttp2: false },
    ],
    [
      '09-2025-seven-flags-set.txt',
      'ipport 0.0.0.0:21443',
      { disablequic: true, disabletls12: false, disablesessionid: true, certhash: '?', reject: false },
    ],
    [
      '14-2012r2-exchange-two-truncated.txt',
      'ipport 0.0.0.0:444',
      { urlretrievaltimeout: 0, sslctlstorename: '?', clientcertnegotiation: '?' },
    ],
    [
      '18-win10-iisexpress-negotiate-on-prompt.txt',
      'ipport 0.0.0.0:44304',
      { clientcertnegotiation: true, verifyclientcertrevocation: false },
    ],
    [
      '20-2022-tls13-off-by-registry.txt',
      'ipport 0.0.0.0:443',
      { disabletls13: true, disableocspstapling: '?' },
    ],
    [
      '21-2016-adfs-ja-annotated-ctl-null.txt',
      'hostnameport sts.test.com:49443',
      { certhash: '47b90e1e818ba8cf431d404fff232f1ba17bf078', sslctlstorename: undefined },
    ],
    [
      '24-2016-adfs-ja-placeholder-hash.txt',
      'hostnameport localhost:443',
      { certhash: '?', certstorename: 'MY' },
    ],
    ['28-fixture-nonhex-hash.txt', 'ipport 0.0.0.0:8080', { certhash: '?', appid: '?', reject: false }],
    ['30-2016-piv-dsmapper-on.txt', 'ipport 0.0.0.0:443', { dsmapperusage: true, certhash: '?' }],
    [
      '32-de-fixture-four-lines.txt',
      'ipport 0.0.0.0:443',
      { certhash: 'aabbccddeeff00112233445566778899aabbccdd', certstorename: 'MY', sslctlstorename: '?' },
    ],
    [
      '33-zh-fixture-ip-and-host.txt',
      'hostnameport www.example.com:443',
      { certhash: 'def456abc789012345678901234567890abcdef1' },
    ],
    [
      '05-2012-ccs-fragment.txt',
      'ccs 443',
      { certhash: '0e62ac0f4deb8d6d78ac93a3088157e624ee540b', appid: '?' },
    ],
  ] as const)('netsh/%s has %s', (name, key, fields) => {
    const { claims } = read(name, new Uint8Array(readFileSync(path.join(corpus, 'netsh', name))));
    const found = Object.fromEntries(
      claims.flatMap((claim) => {
        if (claim.says !== 'binding-field' || `${claim.key.kind} ${claim.key.value}` !== key) return [];
        return [[claim.field, claim.value.is === 'known' ? claim.value.value : '?']];
      }),
    );
    expect(found).toMatchObject(fields);
  });

  test.each(files.filter(({ folder }) => folder === 'netsh'))(
    'netsh/$name says the same with CRLF and in UTF-16',
    ({ name, file }) => {
      const text = readFileSync(file, 'utf8');
      const crlf = text.replaceAll('\n', '\r\n');
      const said = ({ kind, claims }: Reading) => ({ kind, claims });
      const expected = said(read(name, text));
      expect(said(read(name, crlf))).toEqual(expected);
      expect(said(read(name, Buffer.from(`\ufeff${crlf}`, 'utf16le')))).toEqual(expected);
    },
  );

  afterAll(() => {
    const rows = [...tally].sort().map(([row, times]) => `${String(times).padStart(4)}  ${row}`);
    console.log(
      `\nfiles by folder, reader, outcome, truth\n${rows.join('\n')}\n${String(files.length).padStart(4)}  in all`,
    );
  });
});

test.skipIf(files.length > 0)('the corpus is not beside this checkout: nothing was read', () => {});

/** Whether there was something to compare; what was compared agreed. */
function agrees(folder: string, reading: Reading, bytes: Uint8Array, truth: Json): boolean {
  switch (folder) {
    case 'reg':
    case 'reg-derived':
      return registry(reading, bytes, truth);
    case 'certstore':
      return certificates(reading, truth);
    case 'iis-w3c':
      return log(reading, truth);
    case 'iis-config':
      return configuration(reading, bytes, truth);
    case 'certutil':
      return listing(reading, truth);
    case 'httperr':
      return httpErrors(reading, truth);
    case 'events-text':
      return events(reading, truth);
    default:
      return false;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: truth files of several shapes, ours to trust
type Json = any;

const sha1 = (bytes: Uint8Array): string => crypto.createHash('sha1').update(bytes).digest('hex');
const that = <S extends Claim['says']>(reading: Reading, says: S): Extract<Claim, { says: S }>[] =>
  reading.claims.filter((claim): claim is Extract<Claim, { says: S }> => claim.says === says);

/** Registry values on which we and the truth's script differ, with why ours stands. */
const DISPUTED: Readonly<Record<string, string>> = {
  DefaultCowSystem:
    'hex:…,22,,6…: an empty byte between two commas; we call the value unreadable, the script drops the byte',
};

function registry(reading: Reading, bytes: Uint8Array, truth: Json): boolean {
  const keys: { key: string; delete: boolean; values: unknown[] }[] = [];
  const file = new RegFileReader({
    key: ({ path: key, deleted }) => keys.push({ key, delete: deleted, values: [] }),
    value: ({ name, data }) => {
      const { is } = data;
      if (is === 'text') keys.at(-1)!.values.push({ name, type: 'REG_SZ', value: data.value });
      else if (is === 'dword') keys.at(-1)!.values.push({ name, type: 'REG_DWORD', value: data.value });
      else if (is === 'bytes')
        keys.at(-1)!.values.push({
          name,
          type: `hex(${data.type.toString(16)})`,
          length: data.value.length,
          sha1: sha1(data.value),
        });
    },
    odd: () => {},
  });
  file.push(bytes);
  file.end();
  const told = truth.keys.map((key: Json) => ({
    ...key,
    values: key.values.map(({ certificate_sha1: _, blob_property_ids: __, ...value }: Json) => value),
  }));
  expect(keys).toEqual(
    told.map((key: Json) => ({ ...key, values: key.values.filter(({ name }: Json) => !DISPUTED[name]) })),
  );
  const thumbprints = truth.keys.flatMap((key: Json) =>
    key.values.flatMap((value: Json) => value.certificate_sha1 ?? []),
  );
  expect(that(reading, 'store-certificate').map((claim) => claim.thumbprint)).toEqual(thumbprints);
  return true;
}

function certificates(reading: Reading, truth: Json): boolean {
  const told = truth.certificates ?? truth.elements_list;
  if (!told) return false;
  const found = [...that(reading, 'certificate'), ...that(reading, 'store-certificate')];
  expect(found.map((claim) => claim.thumbprint)).toEqual(told.map((one: Json) => one.sha1));
  return true;
}

function log(reading: Reading, truth: Json): boolean {
  if (truth.rows_matching_current_fields === 0) return false;
  const counts: Record<string, number> = {};
  for (const { status, substatus, win32, count: lines } of that(reading, 'logons') as Logons[]) {
    const key = [status, substatus, win32].map((one) => (one < 0 ? '?' : one)).join(' ');
    counts[key] = (counts[key] ?? 0) + lines;
  }
  expect(counts).toEqual(truth.status_substatus_win32_counts);
  return true;
}

function configuration(reading: Reading, bytes: Uint8Array, truth: Json): boolean {
  const { roots } = parseXml(new TextDecoder().decode(bytes));
  const found = accessRules(roots).map(({ location, flags }) => ({ location, flags: flags.join(', ') }));
  const told = truth.access.map((one: Json) => ({
    location: (one.location ?? []).join('/'),
    flags: one.sslFlags,
  }));
  expect(found).toEqual(told);
  const bindings = that(reading, 'site').flatMap((site) => site.bindings);
  expect(bindings.map(({ protocol, information, sslFlags }) => [protocol, information, sslFlags])).toEqual(
    truth.bindings.map((one: Json) => [one.protocol, one.bindingInformation, Number(one.sslFlags ?? 0)]),
  );
  return true;
}

function listing(reading: Reading, truth: Json): boolean {
  const found = that(reading, 'store-listing').flatMap(({ certificates: listed }) => listed);
  expect(found.map(({ thumbprint }) => thumbprint)).toEqual(truth.certificates.map((one: Json) => one.sha1));
  for (const [i, told] of truth.certificates.entries()) {
    const { serial, subject, issuer, key_container } = told;
    const { hasKey, ...one } = found[i]!;
    expect(one).toMatchObject(JSON.parse(JSON.stringify({ serial, subject, issuer })));
    const missing = /missing-keyset/.test(reading.source);
    if (key_container) expect(hasKey).toBe(!missing);
  }
  return true;
}

function httpErrors(reading: Reading, truth: Json): boolean {
  const counts: Record<string, number> = {};
  for (const { status, count: lines } of that(reading, 'http-errors')) {
    const key = `${status ?? '-'} ? ?`;
    counts[key] = (counts[key] ?? 0) + lines;
  }
  // The last line of a text without a last line feed may be half a line, and is left out.
  const lacking = truth.ends_with_newline ? 0 : 1;
  const total = (all: Record<string, number>): number =>
    Object.values(all).reduce((sum, one) => sum + one, 0);
  expect(total(counts)).toBe(total(truth.status_substatus_win32_counts) - lacking);
  for (const [key, lines] of Object.entries(counts))
    expect(lines).toBeLessThanOrEqual(truth.status_substatus_win32_counts[key]);
  return true;
}

function events(reading: Reading, truth: Json): boolean {
  const found = that(reading, 'events');
  expect([...new Set(found.map(({ provider }) => provider))]).toEqual([truth.provider]);
  const ids = new Set(truth.event_ids_in_text_order.map(Number));
  expect(new Set(found.map(({ id }) => id))).toEqual(ids);
  // An event that is copied with its XML stands there twice and is counted once.
  expect(found.reduce((sum, one) => sum + one.count, 0)).toBe(
    truth.event_ids_in_text_order.length - twice(truth),
  );
  const values = new Set(found.flatMap(({ cases }) => cases.flatMap(({ data }) => Object.values(data))));
  for (const told of [...truth.alert, ...truth.error_state, ...truth.error_code])
    expect([...values].map((one) => one.toLowerCase())).toContain(told.toLowerCase());
  return true;
}

const twice = (truth: Json): number =>
  truth.event_ids_in_text_order.filter((id: string, i: number, all: string[]) => i > 0 && all[i - 1] === id)
    .length;
