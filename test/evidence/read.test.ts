import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openReading } from '../../src/evidence/read.ts';
import type { EvidenceReader } from '../../src/evidence/reader.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { issue } from '../support/pki.ts';
import { read } from './readings.ts';

/** The beginning of a trace of Windows, as its structures are described. */
function eventTrace(): Buffer {
  const head = Buffer.alloc(4096);
  head.writeUInt32LE(0x10000, 0);
  head.set([2, 0, 2, 0xc0], 72);
  return head;
}

test.each([
  ['empty.txt', '', 'empty'],
  ['notes.txt', 'Dear colleague, the site is down again.', 'begins with "Dear colleague'],
  ['noise.bin', new Uint8Array([0xde, 0xad, 0xbe, 0xef, 0, 1]), 'the bytes de ad be ef'],
  ['all.zip', 'PK\x03\x04....', 'unpack it'],
  ['all.7z', Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'), '7-Zip archive; unpack it'],
  ['all.rar', Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), 'RAR archive; unpack it'],
  ['all.cab', Buffer.from('MSCF\0\0\0\0....', 'latin1'), 'cabinet (.cab); unpack it'],
  ['u_ex.log.bz2', 'BZh91AY&SY....', 'bzip2; unpack it'],
  ['old.cap', 'GMBU\0\x02....', 'editcap -F pcapng'],
  ['trace.etl', eventTrace(), 'pktmon etl2pcap'],
  ['key.pem', '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----', 'no private keys'],
  ['grep.txt', '10.0.0.1 GET /login - 443 - 10.0.0.2 - 304 0 0 15\n', '#Fields'],
])('%s is not recognised, and the note says what to do', (name, content, says) => {
  const reading = read(name, content);
  expect(reading.kind).toBeNull();
  expect(reading.claims).toEqual([]);
  expect(reading.notes.map(({ message }) => message).join()).toContain(says);
});

test('a PKCS#12 file is told by its bytes', () => {
  const reading = read('ada.pfx', Buffer.from([0x30, 0x82, 0x09, 0x00, 0x02, 0x01, 0x03, 0x30]));
  expect(reading.notes[0]?.message).toContain('PKCS#12');
});

test('a reader that throws is shown as our fault, and its claims so far stand', () => {
  const faulty: EvidenceReader = {
    kind: 'faulty',
    title: 'faulty',
    sniff: () => 'certain',
    open: (context) => ({
      push() {
        context.claim({ says: 'host-name', name: 'WEB01', at: { source: context.source } });
        throw new Error('boom');
      },
      end() {
        throw new Error('boom again');
      },
    }),
  };
  const reading = openReading({ name: 'x' }, [faulty], nodeCrypto);
  reading.push(new Uint8Array(70_000));
  const { claims, notes } = reading.end();
  expect(claims).toHaveLength(1);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.message).toContain('a fault of Handclasp');
});

test('no bytes whatever make a reader fail', () => {
  const begins = [
    '',
    'SSL Certificate bindings:\n-------------------------\n',
    'REGEDIT4\n[HKEY_LOCAL_MACHINE\\',
    '#Fields: date time sc-status\n',
    '<configuration><system.webServer>',
    '{"schema":"handclasp/probe/1",',
    '-----BEGIN CERTIFICATE-----\n',
    '\0\0\0\0CERT',
    '0\x82',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
      const reading = read('x', Buffer.concat([Buffer.from(begin, 'latin1'), rest]));
      expect(reading.notes.filter(({ message }) => message.includes('fault of Handclasp'))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

const leaf = issue({ subject: 'Ada' });
const other = issue({ subject: 'Root', ca: true });

// What the name of a file may and may not make of it: a wrong "whole store" is worse than none.
test.each([
  ['ClientAuthIssuer.p7b', 'store ClientAuthIssuer'],
  ['export/ClientAuthIssuer/one.cer', 'store ClientAuthIssuer, in part'],
  ['LocalMachine-Root.pem', 'store Root, whole'],
  ['WEB01_CA.pem', 'store CA, whole, of WEB01'],
  ['web-01_ClientAuthIssuer.pem', 'store ClientAuthIssuer, whole, of web-01'],
  ['Cert-LocalMachine-TrustedPeople.pem', 'store TrustedPeople, whole'],
  ['Issuing-CA.pem', 'loose'],
  ['Company Root.pem', 'loose'],
  ['ca.pem', 'loose'],
  ['Root.pem', 'loose'],
  ['ca/issuing.pem', 'loose'],
  ['client.pem', 'loose'],
])('%s with one certificate: %s', (name, expected) => {
  const { claims } = read(name, name.endsWith('.cer') ? leaf.der : leaf.pem);
  const store = claims.find((one) => one.says === 'store-certificate')?.store;
  const whole = claims.some((one) => one.says === 'store-whole') ? ', whole' : ', in part';
  const host = claims.find((one) => one.says === 'host-name')?.name;
  const said = store ? `store ${store}${whole}${host ? `, of ${host}` : ''}` : 'loose';
  expect(said).toBe(expected === 'store ClientAuthIssuer' ? 'store ClientAuthIssuer, whole' : expected);
});

test('several certificates under an everyday name are a store', () => {
  const { claims } = read('Root.pem', leaf.pem + other.pem);
  expect(claims.map(({ says }) => says)).toEqual(['store-certificate', 'store-certificate', 'store-whole']);
});
