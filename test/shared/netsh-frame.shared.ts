import { describe, expect, test } from 'vitest';
import type { BuildId } from '../../src/windows/builds.ts';
import { showBindings } from '../../src/windows/http-sys/show.ts';
import { record } from '../windows/support.ts';
import { hasShared, sharedBytes } from './corpus.ts';

/** Captures with their blanks unharmed; authors cut some at the head or the tail. */
const SAMPLES: readonly { file: string; build: BuildId }[] = [
  { file: '10-2025-all-lines-placeholders.txt', build: '2025' },
  { file: '16-win10-iisexpress-first-line-unindented.txt', build: '2022' },
  { file: '20-2022-tls13-off-by-registry.txt', build: '2022' },
  { file: '27-2016-citrix-broker.txt', build: '2016' },
];

/** Label with indent, padding and colon: all of a line but its value. */
const frames = (text: string): string[] =>
  text.split(/\r?\n/).flatMap((line) => /^ {4}\S.*? : |^ Extended Properties:/.exec(line)?.[0] ?? []);

describe.skipIf(!hasShared)('netsh show sslcert is framed as the captures are', () => {
  test.each(SAMPLES)('$file', ({ file, build }) => {
    const seen = frames(sharedBytes(`corpus/netsh/${file}`).toString('utf8'));
    // Server 2016 prints Disable HTTP2 on later builds only.
    const late = build === '2016' ? { disablehttp2: false } : {};
    const ours = frames(showBindings([record({ kind: 'ipport', value: '0.0.0.0:443' }, late, build)], build));
    expect(seen.length).toBeGreaterThan(10);
    const from = ours.indexOf(seen[0]!);
    expect(ours.slice(from, from + seen.length)).toEqual(seen);
  });
});
