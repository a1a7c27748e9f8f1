import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiBytes, concat, fromHex } from '../../../src/base/bytes.ts';
import { Dialogue, type Turn } from '../../../src/net/dialogue/dialogue.ts';
import { findProtocol } from '../../../src/net/starttls/find.ts';
import { starttlsProtocols } from '../../../src/net/starttls/index.ts';

/** What servers say, in pieces of any size, and what becomes of it. */

const dialogue = (id: string, limit?: number): Dialogue =>
  new Dialogue(findProtocol(id)!.script({ name: 'example.com', from: '192.0.2.1' }), limit);

const bytesOf = (said: string): Uint8Array =>
  said.startsWith('hex ') ? fromHex(said.slice(4).replaceAll(' ', '')) : asciiBytes(said);

interface Heard {
  readonly turn: Turn;
  readonly sent: string;
}

function hold(id: string, pieces: readonly Uint8Array[]): Heard {
  const talk = dialogue(id);
  let move = talk.start();
  const sent = [move.send];
  for (const piece of pieces) {
    if (move.turn.is !== 'more') break;
    move = talk.receive(piece);
    sent.push(move.send);
  }
  return { turn: move.turn, sent: Buffer.concat(sent).toString('latin1') };
}

const inSingleBytes = (bytes: Uint8Array): Uint8Array[] => [...bytes].map((byte) => Uint8Array.of(byte));

const STREAM =
  "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
const FEATURES = "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>";
const GREETING_8 = '0a 38 2e 30 00 01000000 3132333435363738 00';

/** Each whole: TLS begins behind its last byte and not before. */
const CONSENTS: Readonly<Record<string, readonly string[]>> = {
  smtp: [
    '220 a\r\n250-a\r\n250 STARTTLS\r\n220 go\r\n',
    '220-a\r\n220\r\n250-a\r\n250-starttls\r\n250-SIZE 1\r\n250 HELP\r\n220 go\r\n',
    // Bare line feeds.
    '220 a\n250-a\n250 STARTTLS\n220 go\n',
  ],
  lmtp: ['220 a\r\n250-a\r\n250 STARTTLS\r\n220 go\r\n'],
  imap: ['* OK a\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\n* OK aside\r\na2 OK go\r\n'],
  pop3: ['+OK a\r\n+OK go\r\n'],
  ftp: ['220 a\r\n234 go\r\n', '120 wait\r\n220-a\r\n 220 is not the end\r\n221\r\n220 end\r\n234 go\r\n'],
  nntp: ['200 a\r\n382 go\r\n'],
  irc: [
    ':irc.example.com 670 * :STARTTLS successful, go ahead\r\n',
    ':irc.example.com NOTICE * :*** Looking up your hostname...\r\n670 go\r\n',
  ],
  sieve: ['"SIEVE" "x"\r\n"STARTTLS"\r\nOK\r\nOK "go"\r\n'],
  ldap: [
    'hex 30 0c 02 01 01 78 07 0a 01 00 04 00 04 00',
    'hex 30 84 00000010 02 01 01 78 84 00000007 0a 01 00 04 00 04 00',
    // With the name of the response.
    'hex 30 24 02 01 01 78 1f 0a 01 00 04 00 04 00 8a 16 312e332e362e312e342e312e313436362e3230303337',
  ],
  xmpp: [
    `${STREAM}${FEATURES}<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>`,
    `${STREAM}<stream:features><starttls xmlns='x'><required/></starttls><mechanisms/></stream:features><proceed></proceed>`,
  ],
  'xmpp-server': [`${STREAM}${FEATURES}<proceed xmlns="urn:ietf:params:xml:ns:xmpp-tls" />`],
  postgres: ['S'],
  mysql: [`hex 17 00 00 00 ${GREETING_8} ffff 2d 0200`],
  rdp: [
    'hex 03 00 0013 0e d0 0000 1234 00 02 00 0800 01000000',
    'hex 03 00 0013 0e d0 0000 1234 00 02 1f 0800 08000000',
  ],
  mssql: [
    'hex 04 01 001a 0000 01 00 00 000b 0006 01 0011 0001 ff 0f0007d00000 03',
    // Encryption first, and for the logon only; in two packets.
    'hex 04 00 000b 0000 01 00 01 0006 04 01 000c 0000 02 00 0001 ff 00',
  ],
};

test('every protocol is told of', () => {
  expect(Object.keys(CONSENTS).sort()).toEqual(starttlsProtocols.map(({ id }) => id).sort());
});

describe.each(Object.entries(CONSENTS).flatMap(([id, all]) => all.map((said) => [id, said] as const)))(
  '%s: %j',
  (id, said) => {
    const whole = bytesOf(said);
    const answer = hold(id, [whole]);

    test('lets TLS begin, in whatever pieces it comes', () => {
      expect(answer.turn).toEqual({ is: 'ready', rest: new Uint8Array(0) });
      expect(hold(id, inSingleBytes(whole))).toEqual(answer);
      fc.assert(
        fc.property(fc.array(fc.nat(whole.length), { maxLength: 6 }), (cuts) => {
          const places = [0, ...cuts.sort((a, b) => a - b), whole.length];
          const pieces = places.slice(1).map((end, i) => whole.subarray(places[i], end));
          expect(hold(id, pieces)).toEqual(answer);
        }),
        { numRuns: 30 },
      );
    });

    test('waits for more when it is cut anywhere', () => {
      for (let length = 0; length < whole.length; length++)
        expect(hold(id, [whole.subarray(0, length)]).turn).toEqual({ is: 'more' });
    });

    test('leaves to TLS what follows', () => {
      const more = Uint8Array.of(21, 3, 3, 0, 2);
      expect(hold(id, [concat([whole, more])]).turn).toEqual({ is: 'ready', rest: new Uint8Array(more) });
    });
  },
);

test.each([
  ['smtp', '554 no service\r\n', '554 no service'],
  ['smtp', '220 a\r\n500 what?\r\n', '500 what?'],
  [
    'smtp',
    '220 a\r\n250-a\r\n250-SIZE 9\r\n250 XSTARTTLS\r\n',
    'STARTTLS is not among what it offers: SIZE 9, XSTARTTLS',
  ],
  ['smtp', '220 a\r\n250 a\r\n', 'STARTTLS is not among what it offers: nothing'],
  ['smtp', '220 a\r\n250-a\r\n250 STARTTLS\r\n454-TLS not\r\n454  available\r\n', '454 TLS not available'],
  ['imap', '* BYE too many\r\n', '* BYE too many'],
  ['imap', '* PREAUTH hello\r\n', '* PREAUTH hello'],
  [
    'imap',
    '* OK a\r\n* CAPABILITY IMAP4rev1\r\na1 OK\r\n',
    'STARTTLS is not offered: * CAPABILITY IMAP4rev1',
  ],
  ['imap', '* OK a\r\n* CAPABILITY STARTTLS\r\na1 OK\r\na2 BAD no\r\n', 'BAD no'],
  ['pop3', '-ERR busy\r\n', '-ERR busy'],
  ['pop3', '+OK a\r\n-ERR unknown command\r\n', '-ERR unknown command'],
  ['ftp', '421 too many users\r\n', '421 too many users'],
  ['ftp', '220 a\r\n502 what?\r\n', '502 what?'],
  ['irc', ':a 691 * :no TLS\r\n', ':a 691 * :no TLS'],
  ['irc', ':a NOTICE * :hi\r\n:a 451 * STARTTLS :register first\r\n', ':a 451 * STARTTLS :register first'],
  ['irc', 'ERROR :Closing Link\r\n', 'ERROR :Closing Link'],
  ['nntp', '400 away\r\n', '400 away'],
  ['nntp', '200 a\r\n580 cannot\r\n', '580 cannot'],
  ['sieve', '"SIEVE" "x"\r\nOK\r\n', 'STARTTLS is not among what it offers: "SIEVE" "x"'],
  ['sieve', 'BYE "away"\r\n', 'BYE "away"'],
  ['sieve', '"STARTTLS"\r\nOK\r\nNO "no"\r\n', 'NO "no"'],
  ['ldap', 'hex 30 0e 02 01 01 78 09 0a 01 35 04 00 04 02 6e6f', '53 unwillingToPerform: no'],
  ['ldap', 'hex 30 0c 02 01 00 78 07 0a 01 34 04 00 04 00', '52 unavailable'],
  [
    'xmpp',
    `${STREAM}<stream:features><bind/></stream:features>`,
    'STARTTLS is not among its stream features',
  ],
  ['xmpp', `${STREAM}<stream:features/>`, 'STARTTLS is not among its stream features'],
  [
    'xmpp',
    `${STREAM}<stream:error><host-unknown xmlns='x'/><text xml:lang='en'>who?</text></stream:error></stream:stream>`,
    'host-unknown: who?',
  ],
  ['xmpp', `${STREAM}${FEATURES}<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>`, 'failure'],
  ['postgres', 'N', 'N: this server does not do TLS'],
  ['postgres', 'E\0\0\0\x1dSFATAL\0C53300\0Mtoo many\0\0', 'FATAL 53300: too many'],
  ['postgres', 'EFATAL: old\0', 'an error in place of an answer'],
  ['mysql', 'hex 10 000000 ff 6a04 486f7374206e6f7420676f6f64', '1130 Host not good'],
  ['mysql', 'hex 0e 000000 ff 1004 23 3038303034 746f6f2031', '1040 too 1'],
  ['mysql', `hex 17 000000 ${GREETING_8} fff7 2d 0200`, 'its capabilities lack TLS (version 8.0)'],
  ['rdp', 'hex 03 00 0013 0e d0 0000 1234 00 03 00 0800 02000000', '2 SSL_NOT_ALLOWED_BY_SERVER'],
  ['rdp', 'hex 03 00 0013 0e d0 0000 1234 00 02 00 0800 00000000', 'it chose RDP security, not TLS'],
  ['rdp', 'hex 03 00 000b 06 d0 0000 1234 00', 'it knows RDP security only (no RDP_NEG_RSP)'],
  [
    'mssql',
    'hex 04 01 000f 0000 01 00 01 0006 0001 ff 02',
    'it does not support encryption (ENCRYPT_NOT_SUP)',
  ],
])('%s: %j is a refusal', (id, said, refused) => {
  const whole = bytesOf(said);
  expect(hold(id, [whole]).turn).toEqual({ is: 'refused', said: refused });
  expect(hold(id, inSingleBytes(whole)).turn).toEqual({ is: 'refused', said: refused });
});

test.each([
  ['smtp', 'SSH-2.0-x\r\n', 'greeting: no reply of three digits: "SSH-2.0-x"'],
  ['smtp', '220 a\r\n2500 b\r\n', 'answer to EHLO: no reply of three digits: "2500 b"'],
  ['imap', '220 a\r\n', 'greeting: "220 a"'],
  ['pop3', '220 a\r\n', 'greeting: "220 a"'],
  ['ldap', 'hex 30 80', 'ExtendedResponse: an indefinite or oversized length'],
  ['ldap', 'hex 30 84 7fffffff', 'ExtendedResponse: announces 2147483647 bytes'],
  ['ldap', 'hex 30 05 02 01 01 61 00', 'LDAPMessage: operation 97 where an ExtendedResponse belongs'],
  ['postgres', 'H', 'answer to SSLRequest: byte 0x48 where S or N belongs'],
  ['mysql', 'hex 01 000000 09', 'handshake packet: protocol version 9'],
  ['mysql', 'hex 03 000000 0a 38 00', 'handshake packet: ends early'],
  ['rdp', 'hex 48 54 54 50', 'TPKT header: version 72'],
  ['rdp', 'hex 03 00 ffff', 'TPKT header: a length of 65535'],
  ['mssql', 'hex 15 03 01 00 02 02 46 00', 'answer to PRELOGIN: a packet of type 0x15'],
  ['mssql', 'hex 04 01 0009 0000 01 00 ff', 'PRELOGIN: no ENCRYPTION option'],
  ['mssql', 'hex 04 01 000e 0000 01 00 01 ffff 0001 ff', 'ENCRYPTION: needs 1 bytes, 0 left'],
])('%s: %j is none of its words', (id, said, why) => {
  const { turn } = hold(id, [bytesOf(said)]);
  expect(turn).toEqual({ is: 'malformed', why });
});

test.each(starttlsProtocols.map(({ id }) => id))('%s takes whatever comes without a throw', (id) => {
  const starts = CONSENTS[id]!.map(bytesOf);
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.nat(80),
      fc.uint8Array({ maxLength: 60 }),
      (start, keep, noise) => {
        const { turn } = hold(id, [start.subarray(0, keep), noise]);
        expect(['more', 'ready', 'refused', 'malformed']).toContain(turn.is);
      },
    ),
    { numRuns: 60 },
  );
});

test('what goes on for ever ends at the limit', () => {
  const talk = dialogue('smtp', 1000);
  talk.start();
  const line = Buffer.from('220-again\r\n');
  let turn: Turn = { is: 'more' };
  for (let i = 0; i < 200 && turn.is === 'more'; i++) turn = talk.receive(line).turn;
  expect(turn).toEqual({ is: 'malformed', why: 'greeting: more than 1000 bytes before TLS' });
});

test('a refusal without end is cut', () => {
  const { turn } = hold('pop3', [Buffer.from(`-ERR ${'x'.repeat(5000)}\r\n`)]);
  expect(turn).toHaveProperty('said', `-ERR ${'x'.repeat(295)}`);
});

describe('what is said to the server', () => {
  test.each([
    ['smtp', 'EHLO [192.0.2.1]\r\nSTARTTLS\r\n'],
    ['lmtp', 'LHLO [192.0.2.1]\r\nSTARTTLS\r\n'],
    ['imap', 'a1 CAPABILITY\r\na2 STARTTLS\r\n'],
    ['pop3', 'STLS\r\n'],
    ['ftp', 'AUTH TLS\r\n'],
    [
      'ldap',
      Buffer.from('301d02010177188016312e332e362e312e342e312e313436362e3230303337', 'hex').toString('latin1'),
    ],
    ['postgres', '\0\0\0\x08\x04\xd2\x16\x2f'],
    ['rdp', '\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x0b\0\0\0'],
  ])('%s', (id, words) => {
    expect(hold(id, [bytesOf(CONSENTS[id]![0]!)]).sent).toBe(words);
  });

  test('IPv6 in SMTP, and a domain in XMPP that would end its attribute', () => {
    const smtp = new Dialogue(findProtocol('smtp')!.script({ name: 'x', from: 'fe80::1%eth0' }));
    smtp.start();
    expect(Buffer.from(smtp.receive(Buffer.from('220 a\r\n')).send).toString()).toBe(
      'EHLO [IPv6:fe80::1]\r\n',
    );
    const xmpp = new Dialogue(findProtocol('xmpp')!.script({ name: "a'><x y='&", from: '' }));
    expect(Buffer.from(xmpp.start().send).toString()).toContain("to='a&apos;>&lt;x y=&apos;&amp;'");
  });
});
