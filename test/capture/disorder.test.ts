import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inShort, readCapture } from './claims.ts';
import { framesOf, pcap, pcapng, type Segment, segmentsOf } from './packets.ts';
import { speak } from './spoken.ts';

// However packets come - late, twice, cut otherwise, lost - a capture says the same, or less; never something else.

const old = await speak({ version: 'TLSv1.2', authorities: 20 });
const modern = await speak({ version: 'TLSv1.3', authorities: 20 });
const conversations = [
  { name: 'TLS 1.2', ...old },
  { name: 'TLS 1.3', ...modern },
];

const toldBy = (segments: readonly Segment[], keyLog: string): string[] =>
  inShort(readCapture(pcap(framesOf(segments)), keyLog));

describe.each(conversations)('$name', ({ said, keyLog }) => {
  const whole = toldBy(segmentsOf(said), keyLog);
  const cut = (mss: number): Segment[] => segmentsOf(said, { mss, first: [0xffffff00, 0xfffffe00] });

  test('says what it is about', () => {
    expect(whole).toEqual([
      expect.stringMatching(/Client CA 20.*certificate CN=Ada proved/),
      'certificate CN=Ada',
    ]);
  });

  test('shuffled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 1400 }), fc.infiniteStream(fc.nat()), (mss, dice) => {
        // Everything but SYN, which a connection that is known from its start begins with.
        const [syn, answer, ...rest] = cut(mss);
        const drawn = rest.map((segment) => ({ segment, at: dice.next().value ?? 0 }));
        const shuffled = drawn.sort((a, b) => a.at - b.at).map(({ segment }) => segment);
        expect(toldBy([syn!, answer!, ...shuffled], keyLog)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('sent twice, at once or later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 1400 }), fc.infiniteStream(fc.nat(9)), (mss, dice) => {
        const segments = cut(mss);
        const again = segments.flatMap((one, i) => {
          const earlier = segments[Math.max(0, i - (dice.next().value ?? 0))]!;
          return earlier.flags & 2 ? [one] : [one, earlier];
        });
        expect(toldBy(again, keyLog)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('cut otherwise when sent again, so that they overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1400 }),
        fc.integer({ min: 100, max: 1400 }),
        fc.infiniteStream(fc.boolean()),
        (one, other, dice) => {
          const [first, second] = [cut(one), cut(other)];
          const mixed: Segment[] = [];
          for (let i = 0, j = 0; i < first.length || j < second.length; ) {
            const takesFirst = j >= second.length || (i < first.length && dice.next().value);
            mixed.push(takesFirst ? first[i++]! : second[j++]!);
          }
          // FIN of the quicker copy may overtake; what it closes lingers.
          expect(toldBy(mixed, keyLog)).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('lost: less is said, or the same', () => {
    const segments = cut(400);
    for (let lost = 0; lost < segments.length; lost++)
      for (const line of toldBy(segments.toSpliced(lost, 1), keyLog)) expect(line).toSatisfy(isTrue);

    function isTrue(line: string): boolean {
      // A hello, a signature or a certificate that was lost leaves its place empty.
      const weaker = line
        .replace(/undefined|www\.example\.com/, 'NAME')
        .replace(/: (?:unseen|none|certificate).*$/, '');
      const known = whole.map((one) =>
        one.replace('www.example.com', 'NAME').replace(/: certificate.*$/, ''),
      );
      return known.includes(weaker) || /^(?:cut-off|encrypted|refused) /.test(line);
    }
  });

  test('truncated everywhere (each sample is, at every byte: test/evidence)', () => {
    const capture = pcapng(framesOf(segmentsOf(said)), { secrets: keyLog });
    for (let end = 12; end < capture.length; end += 7) {
      const reading = readCapture(capture.subarray(0, end));
      expect(reading.notes.some(({ message }) => message.includes('a fault of Handclasp'))).toBe(false);
    }
  });

  test('mutated', () => {
    const captures = [
      pcapng(framesOf(segmentsOf(said)), { secrets: keyLog }),
      pcap(framesOf(segmentsOf(said), undefined, 'Linux cooked 2'), { link: 276 }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...captures),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (capture, changes) => {
          const changed = capture.slice();
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          const reading = readCapture(changed);
          expect(reading.notes.some(({ message }) => message.includes('a fault of Handclasp'))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
