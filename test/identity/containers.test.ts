import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../../src/base/bytes.ts';
import { definite, readBer } from '../../src/wire/identity/ber.ts';
import { pemBlocks, readPem } from '../../src/wire/identity/pem.ts';
import { certificatesInPkcs7, encodePkcs7 } from '../../src/wire/identity/pkcs7.ts';
import { toPem } from '../support/pki.ts';
import { fixture } from './fixture.ts';

describe('PEM', () => {
  const block = toPem('CERTIFICATE', Uint8Array.of(1, 2, 3));

  test('blocks are found between other text, with their lines, whatever ends the lines', () => {
    const text = `subject=/CN=x\n${block}some words\n${toPem('X509 CRL', Uint8Array.of(9))}`;
    for (const form of [text, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')]) {
      expect(pemBlocks(form).map(({ label, line, der }) => [label, line, ...der])).toEqual([
        ['CERTIFICATE', 2, 1, 2, 3],
        ['X509 CRL', 6, 9],
      ]);
    }
  });

  test('indented and unevenly dashed boundaries are boundaries', () => {
    expect(pemBlocks(block.replace(/^/gm, '    ').replace('-----BEGIN', '----BEGIN'))).toHaveLength(1);
  });

  test('headers are kept apart from the body', () => {
    const [one] = pemBlocks(
      '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB\n\nAQID\n-----END EC PRIVATE KEY-----',
    );
    expect(one?.headers).toBe('Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB');
    expect([...one!.der]).toEqual([1, 2, 3]);
  });

  test('broken blocks are noted by line and the others are read', () => {
    const text = `-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n${block}-----END X-----\n-----BEGIN KEY-----\nAQID\n`;
    const { blocks, notes } = readPem(text);
    expect(blocks).toHaveLength(1);
    expect(notes.map(({ line, message }) => [line, message])).toEqual([
      [1, "CERTIFICATE: its base64 is broken ('!' is no base64 character); export it again"],
      [7, 'END X without its BEGIN; the block is left out'],
      [8, 'KEY begins here and never ends; the file is cut off, export it again'],
    ]);
  });

  test('no text makes it throw', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('-----BEGIN A-----', '-----END A-----', '\n', 'AQID', 'K: v'),
    );
    fc.assert(fc.property(fc.array(part), (parts) => Array.isArray(pemBlocks(parts.join('')))));
  });
});

describe('PKCS#7', () => {
  const [client, root] = [fixture('client.der'), fixture('root.der')];

  test("gives OpenSSL's certificates byte for byte", () => {
    expect(certificatesInPkcs7(fixture('chain.p7b')).map((der) => Buffer.from(der))).toEqual([client, root]);
  });

  test('written as a stream of indefinite lengths gives the same', () => {
    const found = certificatesInPkcs7(fixture('streamed.p7b')).map((der) => Buffer.from(der).toString('hex'));
    expect(found.sort()).toEqual([client, root].map((der) => Buffer.from(der).toString('hex')).sort());
  });

  test('written here is what OpenSSL writes', () => {
    expect(Buffer.from(encodePkcs7([client, root]))).toEqual(fixture('chain.p7b'));
    expect(certificatesInPkcs7(encodePkcs7([]))).toEqual([]);
  });

  test('cut anywhere it is Malformed', () => {
    const whole = fixture('chain.p7b');
    for (let length = 0; length < whole.length; length++) {
      expect(() => certificatesInPkcs7(whole.subarray(0, length))).toThrow(Malformed);
    }
  });
});

describe('BER', () => {
  test('becomes DER: definite lengths, strings in one piece', () => {
    const ber = Buffer.from('30800201032480040101040102000004010900 00'.replaceAll(' ', ''), 'hex');
    expect(Buffer.from(definite(ber)).toString('hex')).toBe('300a02010304020102040109');
  });

  test('DER stays as it stands', () => {
    const whole = fixture('chain.p7b');
    expect(Buffer.from(definite(whole))).toEqual(whole);
  });

  test.each([
    ['3080020103', 'an indefinite length without its end'],
    ['0480', 'a primitive of indefinite length'],
    ['30820100', 'the file is cut off'],
    ['2403020101', 'a piece of an OCTET STRING is none'],
    ['3080'.repeat(80), 'nested more than 64 deep'],
  ])('%s is refused', (hex, why) => {
    expect(() => readBer(Buffer.from(hex, 'hex'))).toThrow(why);
  });
});
