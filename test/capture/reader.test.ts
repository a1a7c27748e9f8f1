import { describe, expect, test } from 'vitest';
import { inShort, readCapture } from './claims.ts';
import { conversationsOf } from './conversations.ts';
import { fragments, framesOf, IPV4, IPV6, ip, LINKS, pcap, pcapng, segmentsOf, tcp } from './packets.ts';
import { speak } from './spoken.ts';

const old = await speak({ version: 'TLSv1.2' });
const modern = await speak({ version: 'TLSv1.3' });
const segments = segmentsOf(old.said);
const NAMES = 'CN=Client CA 1, O=Example, C=DE; CN=Client CA 2, O=Example, C=DE';
const ASKED = [
  `198.51.100.10:443 www.example.com [${NAMES}] x1: certificate CN=Ada proved`,
  'certificate CN=Ada',
];
const ASKED_6 = [ASKED[0]!.replace('198.51.100.10', '2001:db8::10'), ASKED[1]!].sort();

describe('files', () => {
  test.each([
    ['pcap', pcap(framesOf(segments))],
    ['pcap, big-endian', pcap(framesOf(segments), { order: 'big' })],
    ['pcap, nanoseconds', pcap(framesOf(segments), { nano: true })],
    ['pcap, big-endian, nanoseconds', pcap(framesOf(segments), { order: 'big', nano: true })],
    ['pcapng', pcapng(framesOf(segments))],
    ['pcapng, big-endian', pcapng(framesOf(segments), { order: 'big' })],
    ['pcapng, nanoseconds', pcapng(framesOf(segments), { resolution: 9 })],
    ['pcapng, binary fractions', pcapng(framesOf(segments), { resolution: 0x80 | 20 })],
    ['pcapng, three interfaces', pcapng(framesOf(segments), { interfaces: 3 })],
    ['pcapng, two sections', Buffer.concat([pcapng([]), pcapng(framesOf(segments), { order: 'big' })])],
  ])('%s', (_, capture) => {
    const reading = readCapture(capture);
    expect(inShort(reading)).toEqual(ASKED);
    expect(reading.notes).toEqual([]);
    const [claim] = reading.claims;
    const time = claim?.says === 'certificate-request' ? claim.time : undefined;
    expect(new Date(Math.round(time!)).toISOString()).toMatch(/^2026-01-05T09:00:00\.0/);
  });

  test('packets without a time', () => {
    const reading = readCapture(pcapng(framesOf(segments), { simple: true }));
    expect(inShort(reading)).toEqual(ASKED);
    expect(reading.claims[0]).not.toHaveProperty('time');
  });

  test('the place of a request is that of its packet', () => {
    const capture = pcap(framesOf(segments));
    const { at } = readCapture(capture).claims[0]!;
    // ServerHelloDone ends the flight in which the request stands.
    expect(Buffer.from(capture.subarray(at.byte, at.byteEnd)).includes('Client CA 2')).toBe(true);
    expect(at.text).toBe(
      '198.51.100.10:443 (www.example.com), TLS 1.2: a certificate asked for, 2 issuers named',
    );
  });

  test('a damaged stretch is noted, and what follows is read', () => {
    const before = framesOf(segmentsOf([]), IPV4);
    const first = pcap(before);
    const rest = pcap(framesOf(segments)).subarray(24);
    const capture = Buffer.concat([first, Buffer.alloc(4000, 0xfe), rest]);
    const reading = readCapture(capture);
    expect(inShort(reading)).toEqual(ASKED);
    expect(reading.notes.map(({ message }) => message)).toEqual([expect.stringMatching(/^damaged/)]);
  });
});

describe('links', () => {
  test.each(Object.keys(LINKS))('%s', (link) => {
    for (const [ends, said] of [
      [IPV4, ASKED],
      [IPV6, ASKED_6],
    ] as const) {
      const capture = pcap(framesOf(segments, ends, link), { link: LINKS[link]!.link });
      expect(inShort(readCapture(capture))).toEqual(said);
    }
  });

  test('another one is noted', () => {
    const { notes } = readCapture(pcap(framesOf(segments), { link: 127 }));
    expect(notes.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/packets of link type 127/),
    );
  });
});

test.each([
  ['IPv4', IPV4, ASKED],
  ['IPv6', IPV6, ASKED_6],
])('fragments of %s, in any order', (_, ends, said) => {
  const pieces = segments.flatMap((segment, i) => {
    const whole = fragments(tcp(segment, ends), segment.side, ends, 504, i + 1);
    return whole.reverse().map((bytes) => ({ time: segment.time, bytes }));
  });
  expect(pieces.length).toBeGreaterThan(segments.length);
  expect(inShort(readCapture(pcap(pieces, { link: 101 })))).toEqual(said);
});

describe('connections', () => {
  test('equal ones are counted, and who ended them is told', () => {
    const packets = [50123, 50124, 50125].flatMap((port) =>
      framesOf(segments, { ...IPV4, ports: [port, 443] }),
    );
    const { claims } = readCapture(pcap(packets));
    expect(claims).toHaveLength(2);
    const [claim] = claims;
    expect(claim).toMatchObject({ count: 3, answers: [{ count: 3, closed: { by: 'client', how: 'fin' } }] });
  });

  test('the same ports again are another connection', () => {
    const again = segmentsOf(old.said, { first: [77_000, 99_000] });
    const { claims } = readCapture(pcap([...framesOf(segments), ...framesOf(again)]));
    expect(claims[0]).toMatchObject({ count: 2 });
  });

  test.each(['withoutSyn', 'withoutFin'] as const)('%s', (what) => {
    const capture = pcap(framesOf(segmentsOf(old.said, { [what]: true })));
    expect(inShort(readCapture(capture))).toEqual(ASKED);
  });

  test('what is spoken before TLS is passed over', () => {
    const line = (side: 0 | 1, text: string) => ({ side, bytes: new Uint8Array(Buffer.from(text)) });
    const said = [
      line(1, '220 mail.example.com ready\r\n'),
      line(0, 'EHLO me\r\n'),
      line(1, '250-STARTTLS\r\n250 OK\r\n'),
      line(0, 'STARTTLS\r\n'),
      line(1, '220 go ahead\r\n'),
      ...old.said,
    ];
    expect(inShort(readCapture(pcap(framesOf(segmentsOf(said)))))).toEqual(ASKED);
    // Also where one packet brings both.
    expect(inShort(readCapture(pcap(framesOf(segmentsOf(said, { mss: 11 })))))).toEqual(ASKED);
  });

  test.each([
    [
      'a CONNECT',
      [0, 'CONNECT www.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
      [1, 'HTTP/1.1 200 OK\r\n\r\n'],
    ],
    ['PROXY, version 1', [0, 'PROXY TCP4 192.0.2.9 198.51.100.10 51000 443\r\n']],
    // Signature, version and command, family, length of twelve; the addresses hold what looks like a record of TLS.
    [
      'PROXY, version 2',
      [0, '\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x16\x03\x01\x02\x16\x03\x01\x00\xc8\x16\x01\xbb'],
    ],
    [
      'SOCKS 5',
      [0, '\x05\x01\0'],
      [1, '\x05\0'],
      [0, '\x05\x01\0\x01\xc6\x33\x64\x0a\x01\xbb'],
      [1, '\x05\0\0\x01\0\0\0\0\0\0'],
    ],
    ['what PostgreSQL says', [0, '\0\0\0\x08\x04\xd2\x16\x2f'], [1, 'S']],
    [
      'what a client of RDP says',
      [0, '\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x03\0\0\0'],
      [1, '\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0\x02\0\x08\0\x02\0\0\0'],
    ],
  ] as [string, ...(readonly [0 | 1, string])[]][])('%s before TLS is passed over', (_, ...before) => {
    const said = [
      ...before.map(([side, text]) => ({ side, bytes: new Uint8Array(Buffer.from(text, 'latin1')) })),
      ...old.said,
    ];
    // In packets of its own, and in small ones that cut everything.
    for (const mss of [1400, 13])
      expect(inShort(readCapture(pcap(framesOf(segmentsOf(said, { mss })))))).toEqual(ASKED);
    // What the client says and its hello in one packet.
    const [first, ...rest] = said;
    const hello = rest.findIndex(({ side, bytes }) => side === 0 && bytes[0] === 22);
    const joined = [{ side: 0 as const, bytes: Buffer.concat([first!.bytes, rest[hello]!.bytes]) }];
    const others = rest.filter((_one, i) => i > hello);
    expect(inShort(readCapture(pcap(framesOf(segmentsOf([...joined, ...others])))))).toEqual(ASKED);
  });

  test('TLS inside the packets of SQL Server is taken out of them', () => {
    const packet = (type: number, body: Uint8Array): Uint8Array =>
      Uint8Array.from([type, 1, (body.length + 8) >> 8, (body.length + 8) & 255, 0, 0, 1, 0, ...body]);
    const inPackets = (bytes: Uint8Array, type: number): Uint8Array =>
      Buffer.concat(
        Array.from({ length: Math.ceil(bytes.length / 500) }, (_, i) =>
          packet(type, bytes.subarray(500 * i, 500 * i + 500)),
        ),
      );
    const APPLICATION_DATA = 23;
    for (const type of [0x12, 0x04]) {
      const said = [
        { side: 0 as const, bytes: packet(0x12, new Uint8Array(30).fill(1)) },
        { side: 1 as const, bytes: packet(4, new Uint8Array(30).fill(1)) },
        ...old.said.map(({ side, bytes }) => ({
          side,
          bytes: bytes[0] === APPLICATION_DATA ? bytes : inPackets(bytes, side === 0 ? 0x12 : type),
        })),
      ];
      for (const mss of [1400, 333]) {
        const reading = readCapture(pcap(framesOf(segmentsOf(said, { mss }))), old.keyLog);
        expect(inShort(reading)).toEqual(ASKED);
        expect(reading.claims[0]).toMatchObject({ answers: [{ completed: true }] });
      }
    }
  });

  test('no TLS at all is said', () => {
    const said = [{ side: 0 as const, bytes: new Uint8Array(Buffer.from('GET / HTTP/1.1\r\n\r\n')) }];
    const { claims, notes } = readCapture(pcap(framesOf(segmentsOf(said))));
    expect(claims).toEqual([]);
    expect(notes.map(({ message }) => message)).toEqual([expect.stringMatching(/^no TLS handshake in it/)]);
  });

  test('nothing asked for is a claim of its own', async () => {
    const { said } = await speak({ version: 'TLSv1.2', authorities: null });
    expect(inShort(readCapture(pcap(framesOf(segmentsOf(said)))))).toEqual([
      '198.51.100.10:443 www.example.com not asked x1: unseen',
    ]);
  });

  test('a client that has none to show', async () => {
    const { said } = await speak({ version: 'TLSv1.2', withoutCertificate: true });
    expect(inShort(readCapture(pcap(framesOf(segmentsOf(said)))))).toEqual([
      `198.51.100.10:443 www.example.com [${NAMES}] x1: none`,
    ]);
  });

  test('where packets with the request are missing, nothing is said of it', async () => {
    const long = await speak({ version: 'TLSv1.2', authorities: 60 });
    const all = segmentsOf(long.said);
    const lost = all.findIndex((one) => Buffer.from(one.data).includes('Client CA 30'));
    const reading = readCapture(pcap(framesOf(all.toSpliced(lost, 1))));
    expect(inShort(reading)).toEqual(['certificate CN=Ada', 'cut-off 198.51.100.10:443 www.example.com x1']);
  });

  test('what was cut off each packet is missing, what is whole is used', () => {
    const packets = framesOf(segments).map(({ time, bytes }) => ({
      time,
      bytes: bytes.subarray(0, 420),
      length: bytes.length,
    }));
    const reading = readCapture(pcap(packets));
    expect(inShort(reading)).toEqual([
      expect.stringMatching(/^cut-off 198\.51\.100\.10:443 www\.example\.com/),
    ]);
    expect(reading.notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^\d+ of \d+ packets were cut to 420 bytes .*--pkt-size 0/),
    ]);
  });
});

describe('encryption', () => {
  const frames = framesOf(segmentsOf(modern.said));

  test('TLS 1.3 without keys is unread, and the note says what would open it', () => {
    const { claims, notes } = readCapture(pcap(frames));
    expect(claims).toMatchObject([
      { says: 'handshakes-unread', why: 'encrypted', version: 0x0304, count: 1 },
    ]);
    expect(notes.map(({ message }) => message)).toEqual([expect.stringMatching(/SSLKEYLOGFILE/)]);
  });

  test.each([
    ['beside the capture', () => readCapture(pcap(frames), modern.keyLog)],
    ['inside it', () => readCapture(pcapng(frames, { secrets: modern.keyLog }))],
  ])('with keys %s it reads as any other', (_, read) => {
    const reading = read();
    expect(inShort(reading)).toEqual(ASKED);
    expect(reading.notes).toEqual([]);
    expect(reading.claims[0]).toMatchObject({ answers: [{ completed: true }] });
  });

  test('with the keys of another connection it stays closed', async () => {
    const other = await speak({ version: 'TLSv1.3' });
    const { claims, notes } = readCapture(pcap(frames), other.keyLog);
    expect(claims).toMatchObject([{ why: 'encrypted' }]);
    expect(notes.map(({ message }) => message)).toEqual([expect.stringMatching(/has no secrets of them/)]);
  });

  test('each half may come before the other', () => {
    const [first, second] = [frames.slice(0, 3), frames.slice(3)];
    const sides = segmentsOf(modern.said).slice(3);
    for (const side of [0, 1]) {
      const ordered = [
        ...second.filter((_, i) => sides[i]!.side === side),
        ...second.filter((_, i) => sides[i]!.side !== side),
      ];
      expect(inShort(readCapture(pcap([...first, ...ordered]), modern.keyLog))).toEqual(ASKED);
    }
  });

  test.each([
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
    ['TLSv1.2', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES256-SHA384'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-CCM'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES256-CCM8'],
    ['TLSv1.2', 'ECDHE-ECDSA-CAMELLIA256-SHA384'],
    ['TLSv1.2', 'ECDHE-ECDSA-NULL-SHA'],
    ['TLSv1.3', 'TLS_AES_128_CCM_SHA256:AES128-SHA'],
    ['TLSv1.3', 'TLS_AES_128_CCM_8_SHA256:AES128-SHA'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-SHA'],
    ['TLSv1.1', 'ECDHE-ECDSA-AES128-SHA'],
    ['TLSv1', 'ECDHE-ECDSA-AES256-SHA'],
  ] as const)('records of %s with %s open', async (version, ciphers) => {
    const spoken = await speak({ version, ciphers });
    const capture = pcap(framesOf(segmentsOf(spoken.said)));
    // Finished of both sides is behind the change of keys.
    expect(conversationsOf(capture, spoken.keyLog)).toMatchObject([{ opened: ['client', 'server'] }]);
    expect(conversationsOf(capture, '')).toMatchObject([{ opened: [] }]);
    expect(inShort(readCapture(capture, spoken.keyLog))).toEqual(ASKED);
  });
});

test('chunks of any size say the same', () => {
  const capture = pcapng(framesOf(segmentsOf(modern.said)), { secrets: modern.keyLog });
  for (const size of [1, 7, 64, 1500]) {
    const chunks = Array.from({ length: Math.ceil(capture.length / size) }, (_, i) =>
      capture.slice(i * size, (i + 1) * size),
    );
    expect(inShort(readCapture(chunks))).toEqual(ASKED);
  }
});

test('what ip() writes for other protocols is passed over', () => {
  const packets = [
    { time: 0, bytes: ip(new Uint8Array(40), 0, IPV4, 1) },
    ...framesOf(segments, IPV4, 'raw IP'),
  ];
  expect(inShort(readCapture(pcap(packets, { link: 101 })))).toEqual(ASKED);
});
