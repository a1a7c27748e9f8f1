import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { STACKS, signsOf } from '../../src/wire/fingerprint/stacks.ts';
import { type Traits, traitsOf } from '../../src/wire/fingerprint/traits.ts';
import { hasShared } from './corpus.ts';

// What is told of Schannel's habits, against captures of Windows servers (one of them in a format that only TShark reads).

const schannel = STACKS.find(({ id }) => id === 'schannel')!;

const tshark = (...args: readonly string[]): string =>
  spawnSync('tshark', args, { encoding: 'utf8', maxBuffer: 64 << 20 }).stdout ?? '';
const hasTshark = tshark('--version') !== '';
const isHere = hasShared && hasTshark;
const missing = hasShared ? 'tshark is not installed' : '../shared is not here';

/** What servers at a port said, a connection each: those whose ServerHello TShark sees. */
function serversIn(name: string, port: number): Uint8Array[] {
  const file = fileURLToPath(new URL(`../../../shared/corpus/pcap/${name}`, import.meta.url));
  const hello = `tcp.srcport == ${port} && tls.handshake.type == 2`;
  const streams = tshark(
    '-r',
    file,
    '-d',
    `tcp.port==${port},tls`,
    '-Y',
    hello,
    '-T',
    'fields',
    '-e',
    'tcp.stream',
  ).split(/\s+/);
  return [...new Set(streams)].filter(Boolean).map((stream) => {
    const followed = tshark('-r', file, '-q', '-z', `follow,tcp,raw,${stream}`).split('\n');
    // Node 1 answers; its lines are indented.
    const answers = followed.filter((line) => /^\t[0-9a-f]+$/.test(line)).map((line) => line.trim());
    return Buffer.from(answers.join(''), 'hex');
  });
}

/** RDP begins TLS behind a connection confirm of X.224, 19 bytes (MS-RDPBCGR 2.2.1.2). */
const traitsIn = (name: string, port: number): Traits[] =>
  serversIn(name, port).flatMap((said) => traitsOf(said[0] === 3 ? said.subarray(19) : said, null) ?? []);

describe.skipIf(!isHere)(isHere ? 'Schannel' : `Schannel (skipped: ${missing})`, () => {
  test('Windows Server 2019 by RDP has each of its habits', () => {
    const seen = traitsIn('wireshark-wiki-ws-cssp-win2k19-joined.cap', 3389);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    for (const traits of seen) {
      expect(signsOf(schannel, traits).map(({ id, agrees }) => [id, agrees])).toEqual([
        ['hello-12', true],
        ['flight', true],
        ['session-id', true],
      ]);
    }
  });

  test('http.sys of SSTP packs its flight alike, under TLS 1.0', () => {
    expect(traitsIn('wireshark-wiki-sstp2.pcap', 443)[0]).toMatchObject({
      version: 0x0301,
      helloExtensions: [0xff01],
      sessionIdLength: 32,
      records: [[2, 11, 14]],
    });
  });
});
