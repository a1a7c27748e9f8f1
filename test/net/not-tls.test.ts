import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeNotTls } from '../../src/net/not-tls.ts';

const describeText = (text: string): string => describeNotTls(Buffer.from(text, 'latin1'));

test('names the protocol by its greeting', () => {
  expect(describeText('HTTP/1.1 400 Bad Request\r\nServer: x')).toBe(
    'plain HTTP: "HTTP/1.1 400 Bad Request"',
  );
  expect(describeText('220 mail.example.com ESMTP\r\n')).toMatch(
    /^a greeting of a mail .*STARTTLS.*: "220 mail/,
  );
  expect(describeText('SSH-2.0-OpenSSH_9.2\r\n')).toBe('SSH: "SSH-2.0-OpenSSH_9.2"');
  expect(describeText('* OK IMAP4rev1 ready')).toContain('IMAP');
  expect(describeText('-ERR unknown command\r\n')).toBe('text: "-ERR unknown command"');
});

test('shows what is no text as bytes', () => {
  expect(describeNotTls(Uint8Array.of(0x4a, 0, 0, 0, 10))).toBe(
    '5 bytes that start no TLS record: 4a 00 00 00 0a',
  );
  expect(describeNotTls(new Uint8Array(300))).toMatch(/^300 bytes .*(00 ){15}00 …$/);
});

test('is printable and short, whatever came', () => {
  const escapes = describeText('HTTP/1.1 200 \x1b[31mred\x9b\u202e\r\n');
  expect(escapes).toBe('plain HTTP: "HTTP/1.1 200 \\x1b[31mred\\x9b."');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(describeNotTls(bytes)).toMatch(/^[\x20-\x7e…]{1,400}$/);
    }),
  );
});
