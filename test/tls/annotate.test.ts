import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderWire } from '../../src/report/render/wire.ts';
import { encodeAlert } from '../../src/wire/tls/alert.ts';
import { annotate, type WireMessage } from '../../src/wire/tls/annotate/annotate.ts';
import type { Field } from '../../src/wire/tls/annotate/field.ts';
import { encodeHandshake } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';
import type { PassedRecord } from '../../src/wire/tls/session/client/index.ts';
import { kinds, record } from '../support/conversation.ts';
import { issue } from '../support/pki.ts';

const root = issue({ subject: 'Root', ca: true });
const serverOf = (key: 'p256' | 'rsa') => issue({ subject: 'www.example.com', issuer: root, key });
const identities = { p256: serverOf('p256'), rsa: serverOf('rsa') };
const client = issue({ subject: 'Client One', issuer: root });

async function recorded(only: 0x0301 | 0x0303 | 0x0304, ciphers?: string): Promise<PassedRecord[]> {
  const records: PassedRecord[] = [];
  const { keyPem, pem } = identities[ciphers?.includes('RSA') ? 'rsa' : 'p256'];
  const { events } = await record(
    {
      key: keyPem,
      cert: pem,
      only,
      ca: [root.pem],
      requestCert: true,
      rejectUnauthorized: false,
      ...(ciphers ? { ciphers: `${ciphers}:@SECLEVEL=0`, dhparam: 'auto' } : {}),
    },
    [client, root],
    { onRecord: (one) => records.push(one), protocols: ['http/1.1'] },
  );
  expect(kinds(events)).toContain('data');
  return records;
}

const leaves = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => (field.parts.length > 0 ? leaves(field.parts) : [field]));

/** Every byte belongs to one leaf, in order, so that nothing on the wire goes unnamed. */
function expectWhole({ title, bytes, fields }: WireMessage): void {
  let at = 0;
  for (const leaf of leaves(fields)) {
    expect([title, leaf.name, leaf.at]).toEqual([title, leaf.name, at]);
    at += leaf.length;
  }
  expect([title, at]).toEqual([title, bytes.length]);
}

const values = (message: WireMessage | undefined, name: string): (string | null)[] =>
  leaves(message?.fields ?? [])
    .filter((field) => field.name === name)
    .map(({ value }) => value);

const titled = (messages: readonly WireMessage[], title: string): WireMessage | undefined =>
  messages.find((one) => one.title === title);

describe('TLS 1.3', () => {
  test('is shown message by message, the encrypted ones in the clear', async () => {
    const messages = [...annotate({ records: await recorded(0x0304) })];
    const shownOf = (direction: 'sent' | 'received') =>
      messages
        .filter((one) => one.direction === direction)
        .map(({ title, isProtected }) => (isProtected ? `${title}, encrypted` : title));
    expect(shownOf('sent')).toEqual([
      'ClientHello',
      'change_cipher_spec',
      'Certificate, encrypted',
      'CertificateVerify, encrypted',
      'Finished, encrypted',
    ]);
    expect(shownOf('received').slice(0, 7)).toEqual([
      'ServerHello',
      'change_cipher_spec',
      'EncryptedExtensions, encrypted',
      'CertificateRequest, encrypted',
      'Certificate, encrypted',
      'CertificateVerify, encrypted',
      'Finished, encrypted',
    ]);
    expect(shownOf('received')).toContain('NewSessionTicket, encrypted');
    expect(shownOf('received')).toContain('application data, encrypted');
    expect(values(titled(messages, 'ClientHello'), 'host_name')).toEqual(['"www.example.com"']);
    expect(values(titled(messages, 'ServerHello'), 'supported_versions')).toEqual(['TLS 1.3']);
    const request = titled(messages, 'CertificateRequest');
    expect(values(request, 'DistinguishedName')).toEqual(['CN=Root']);
    expect(values(request, 'signature_algorithms')).toContain('ecdsa_secp256r1_sha256');
    const [, shown] = messages.filter(({ title }) => title === 'Certificate');
    expect(values(shown, 'certificate')).toEqual(['CN=Client One', 'CN=Root']);
  });
});

test.each([
  [0x0304, undefined],
  [0x0303, undefined],
  [0x0303, 'DHE-RSA-AES128-SHA'],
  [0x0301, 'ECDHE-RSA-AES128-SHA'],
] as const)('version %i under %s: no byte of a message is without a name', async (only, ciphers) => {
  const messages = [...annotate({ records: await recorded(only, ciphers) })];
  const named = messages.filter(
    ({ title }) => title !== 'change_cipher_spec' && title !== 'application data',
  );
  expect(named.length).toBeGreaterThan(8);
  for (const message of named) expectWhole(message);
});

test('what is broken is named as far as it was read', () => {
  const request = encodeHandshake(13, Uint8Array.from([1, 64, 0, 2, 4, 3, 0, 9, 0, 7, 48]));
  const bytes = encodeRecord(22, 0x0303, request);
  const content = { type: 22, fragment: request };
  const [message] = [...annotate({ records: [{ direction: 'received', bytes, content }] })];
  expect(values(message, 'certificate_types')).toEqual(['ecdsa_sign']);
  expect(values(message, 'supported_signature_algorithms')).toEqual(['ecdsa_secp256r1_sha256']);
  expect(message!.fields.at(-1)).toMatchObject({
    name: 'malformed',
    value: expect.stringContaining('9 bytes'),
  });
});

test('a record that does not open is shown by its bytes', () => {
  const bytes = encodeRecord(23, 0x0303, Uint8Array.of(1, 2, 3));
  const [message] = [...annotate({ records: [{ direction: 'received', bytes, content: null }] })];
  expect(message).toMatchObject({ title: 'a record that does not open', isProtected: true, bytes });
});

describe('data', () => {
  const data = (text: string | Uint8Array): WireMessage => {
    const fragment = Buffer.from(text);
    const bytes = encodeRecord(23, 0x0303, fragment);
    return [
      ...annotate({ records: [{ direction: 'received', bytes, content: { type: 23, fragment } }] }),
    ][0]!;
  };

  test('of HTTP/1.1 is shown by lines', () => {
    const message = data('HTTP/1.1 200 OK\r\nServer: x\r\n\r\nhello');
    expect(message.title).toBe('HTTP/1.1');
    expect(message.fields.map(({ name, at, value }) => [name, at, value])).toEqual([
      ['start line', 0, 'HTTP/1.1 200 OK'],
      ['field line', 17, 'Server: x'],
      ['body', 30, '5 bytes'],
    ]);
  });

  test('of HTTP/2 is shown by frames', () => {
    const settings = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100];
    const reset = [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 13];
    const message = data(Uint8Array.from([...settings, ...reset]));
    expect(message.title).toBe('HTTP/2');
    expect(message.fields.map(({ name, at, length }) => [name, at, length])).toEqual([
      ['SETTINGS', 0, 15],
      ['RST_STREAM', 15, 13],
    ]);
    expectWhole(message);
    // Cut in the midst of a frame it is a part.
    expect(data(Uint8Array.from(settings.slice(0, 12))).fields).toHaveLength(1);
  });
});

describe('as text', () => {
  test('each line has offset, bytes, name and meaning', () => {
    const alert = encodeAlert({ level: 'fatal', code: 116 });
    const record: PassedRecord = {
      direction: 'received',
      bytes: encodeRecord(21, 0x0303, alert),
      content: { type: 21, fragment: alert },
    };
    expect([...renderWire([{ title: 'a to b', messages: annotate({ records: [record] }) }])].join('')).toBe(
      [
        'a to b',
        '',
        '← alert 2 bytes, in the clear',
        `  0000  02${' '.repeat(48)}level: fatal`,
        `  0001  74${' '.repeat(48)}description: certificate_required`,
        '',
      ].join('\n'),
    );
  });

  test('nothing that a peer says can act on a terminal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(21, 22, 23), (fragment, type) => {
        const bytes = encodeRecord(type, 0x0303, fragment);
        const record: PassedRecord = { direction: 'received', bytes, content: { type, fragment } };
        const text = [...renderWire([{ title: 'x', messages: annotate({ records: [record] }) }])].join('');
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  test('a handshake with any byte altered is shown, too', async () => {
    const records = await recorded(0x0303);
    const clear = records.filter(({ content }) => content?.type === 22);
    fc.assert(
      fc.property(
        fc.nat(clear.length - 1),
        fc.nat(2000),
        fc.integer({ min: 1, max: 255 }),
        (which, at, flip) => {
          const altered = clear.map((one, i) => {
            if (i !== which) return one;
            const fragment = Uint8Array.from(one.content!.fragment);
            fragment[at % fragment.length]! ^= flip;
            return { ...one, content: { type: 22, fragment } };
          });
          expect(
            [...renderWire([{ title: 'x', messages: annotate({ records: altered }) }])].length,
          ).toBeGreaterThan(1);
        },
      ),
    );
  });
});
