import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readList } from '../../src/facts/issuer-list/read-list.ts';
import { TAG } from '../../src/wire/x509/der.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { certificate, issuing, request, root, stranger, user, type Wish } from '../clients/scene.ts';
import { issue, nameDer } from '../support/pki.ts';

const ids = (wish: Wish, atHand: Parameters<typeof readList>[1] = {}): string[] =>
  readList(request(wish), atHand).remarks.map(({ id }) => id);

const { leaf } = user();
const atHand = { leaf, known: [issuing, root].map(certificate) };

describe('the issuer of the certificate', () => {
  test('is listed', () => {
    expect(ids({ lists: [issuing] }, { leaf })).toEqual(['list-has-issuer']);
  });
  test('is not listed, and a CA above it is: only when that is at hand', () => {
    expect(ids({ lists: [root] }, atHand)).toContain('list-has-ca-above');
    expect(ids({ lists: [root] }, { leaf })).toEqual(['list-lacks-issuer']);
  });
  test('an empty list says nothing of it', () => expect(ids({}, atHand)).toEqual([]));
});

describe('names that only look like the issuer', () => {
  const twins = {
    type: [['CN', 'Issuing CA', TAG.printable]],
    case: [['CN', 'ISSUING ca']],
    blanks: [['CN', ' Issuing  CA']],
  } as const;
  test.each(Object.entries(twins))('%s', (kind, subject) => {
    const read = readList(request({ lists: [nameDer(subject)] }), { leaf });
    const twin = read.remarks.find(({ id }) => id.startsWith('list-twin-'))!;
    expect(twin.id).toBe(`list-twin-${kind}`);
    expect(twin.facts.here).toBe('«Issuing CA» (UTF8String)');
    expect(twin.facts.there).toContain(kind === 'type' ? 'PrintableString' : 'UTF8String');
  });
  test('above the issuer as well', () => {
    const twin = nameDer([['CN', 'Root', TAG.printable]]);
    expect(ids({ lists: [issuing, twin] }, atHand)).toContain('list-twin-type');
  });
  test('nothing is said when the name itself is listed, too', () => {
    const twin = nameDer([['CN', 'Issuing CA', TAG.printable]]);
    expect(ids({ lists: [twin, issuing] }, { leaf }).filter((id) => id.includes('twin'))).toEqual([]);
  });
});

/** A list of exactly `bytes`, of names that take `each` but the last. */
function listOf(bytes: number, each: number): Uint8Array[] {
  const named = (length: number, i: number) => nameDer(String(i).padEnd(length, 'x'));
  const head = nameDer('').length + 2;
  const overhead = (length: number) => named(length, 0).length + 2 - length;
  const sized = (want: number, i: number): Uint8Array => {
    const length = Array.from({ length: 30 }, (_, back) => want - head - 20 + back).find(
      (one) => one > 4 && one + overhead(one) === want,
    );
    if (length === undefined) throw new Error(`no name takes ${want} bytes`);
    return named(length, i);
  };
  const count = Math.floor(bytes / each) - 1;
  const rest = bytes - count * each;
  return [...Array.from({ length: count }, (_, i) => sized(each, i)), sized(rest, count)];
}

describe('size', () => {
  test.each([
    [12_288, 'none'],
    [12_290, 'list-over-old-schannel'],
    [16_390, 'list-over-schannel'],
    [32_770, 'list-over-java'],
  ])('%i bytes: %s', (bytes, expected) => {
    const lists = listOf(bytes, 100);
    const read = readList(request({ lists }));
    expect(read.bytes).toBe(bytes);
    const over = read.remarks.find(({ id }) => id.startsWith('list-over'))?.id ?? 'none';
    expect(over).toBe(expected);
  });

  test('just under a limit with equal names: probably cut', () => {
    const names = Array.from({ length: 163 }, (_, i) => nameDer(String(i).padEnd(85, 'x')));
    const each = names[0]!.length + 2;
    const fit = Math.floor(16_384 / each);
    const lists = Array.from({ length: fit }, (_, i) => nameDer(String(i).padEnd(85, 'x')));
    const cut = readList(request({ lists })).remarks.find(({ id }) => id.startsWith('list-cut'))!;
    expect(cut).toMatchObject({ id: 'list-cut-likely', facts: { limit: 16_384, usual: each } });
    expect(ids({ lists: lists.slice(1) })).not.toContain('list-cut-likely');
  });

  test('just under a limit with names of all sizes: perhaps cut', () => {
    const sized = (length: number) => nameDer('x'.repeat(length));
    const each = sized(80).length + 2;
    const some = Array.from({ length: Math.floor(12_288 / each) - 1 }, () => sized(80));
    const left = 12_288 - some.length * each;
    expect(left - 10).toBeGreaterThan(40);
    const read = readList(request({ lists: [sized(40), ...some] }));
    const cut = read.remarks.filter(({ id }) => id.startsWith('list-cut'));
    expect(cut).toEqual([
      { id: 'list-cut-perhaps', facts: { left: 12_288 - read.bytes, limit: 12_288, usual: each } },
    ]);
  });

  test('a short list near nothing is not suspected', () => {
    expect(ids({ lists: [issuing, root, stranger] })).toEqual([]);
  });
});

describe('defects', () => {
  const broken = Uint8Array.of(0x30, 0x05, 0x31, 0x20, 1, 2, 3);
  test('broken names are counted and placed; as the last one they look like a cut', () => {
    const read = readList(request({ lists: [issuing, broken, root] }));
    expect(read.remarks).toContainEqual({
      id: 'list-broken-names',
      facts: { count: 1, position: 2, bytes: 7 },
    });
    expect(read.remarks.map(({ id }) => id)).not.toContain('list-ends-broken');
    expect(ids({ lists: [issuing, broken] })).toContain('list-ends-broken');
  });
  test('duplicates with their places', () => {
    const read = readList(request({ lists: [issuing, root, issuing, issuing] }));
    expect(read.remarks).toContainEqual({
      id: 'list-duplicates',
      facts: { count: 1, names: '«CN=Issuing CA» (1, 3, 4)' },
    });
  });
  test('an empty name', () => {
    expect(ids({ lists: [issuing, Uint8Array.of(0x30, 0)] })).toContain('list-empty-name');
  });
  test('the name that SslStream adds', () => {
    const name = nameDer([
      ['O', 'NT AUTHORITY'],
      ['CN', 'x'],
    ]);
    expect(ids({ lists: [name] })).toEqual(['list-nt-authority']);
  });
});

describe('roots and issuing CAs', () => {
  test('only certificates at hand tell; a word in the name is a hint', () => {
    const calledRoot = issue({ subject: 'Company Root CA', ca: true });
    const { names } = readList(request({ lists: [calledRoot, root, issuing] }), atHand);
    expect(names.map(({ kind, hint }) => `${kind} ${hint}`)).toEqual([
      'unknown root',
      'root root',
      'issuing issuing',
    ]);
  });
  test('a root that another CA certified as well is both', () => {
    const cross = issue({ subject: root.subject, issuer: stranger, ca: true, key: root.keys });
    const { names } = readList(request({ lists: [root] }), { known: [root, cross].map(certificate) });
    expect(names[0]!.kind).toBe('both');
  });
  test('all roots, some roots, nothing known', () => {
    expect(ids({ lists: [root] }, { known: [certificate(root)] })).toEqual(['list-roots-only']);
    expect(ids({ lists: [root, issuing, stranger] }, { known: atHand.known })).toEqual(['list-kinds']);
    expect(ids({ lists: [root] })).toEqual([]);
  });
});

test('any bytes as names: never throws, and says as many names as there are', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (bytes) => {
      const authorities = bytes.map((one) => parseName(one));
      const read = readList({ ...request({}), authorities }, atHand);
      expect(read.names).toHaveLength(bytes.length);
    }),
    { numRuns: 300 },
  );
});
