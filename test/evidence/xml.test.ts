import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseXml, type XmlElement } from '../../src/evidence/xml.ts';

const shape = (element: XmlElement): unknown => [
  element.name,
  Object.fromEntries(element.attributes),
  ...element.children.map(shape),
];

test('any tree comes back as it was written', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '<', '>', '&', '"', "'", ' ', '\n', '→'),
    maxLength: 8,
  });
  type Node = [string, string, unknown[]];
  const names = fc.constantFrom('a', 'b.c', 'd-e');
  const { node } = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.tuple(names, text, fc.constant<unknown[]>([])),
      fc.tuple(names, text, fc.array(tie('node'), { maxLength: 3 })),
    ),
  }));
  const escaped = (value: string) => value.replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`);
  const write = ([name, value, children]: Node): string =>
    children.length === 0
      ? `<${name} v="${escaped(value)}"/>`
      : `<${name} v="${escaped(value)}"><!-- <x> -->${(children as Node[]).map(write).join('\n')}</${name}>`;
  const expected = ([name, value, children]: Node): unknown => [
    name,
    { v: value },
    ...(children as Node[]).map(expected),
  ];
  fc.assert(
    fc.property(node, (tree) => {
      const { roots, problems } = parseXml(`<?xml version="1.0"?>\n${write(tree)}\n`);
      expect(problems).toEqual([]);
      expect(roots.map(shape)).toEqual([expected(tree)]);
    }),
  );
});

test('no entity of a document type is expanded', () => {
  const { roots } = parseXml(
    '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]><a v="&b;&d;&amp;&#x41;"/>',
  );
  expect(roots[0]?.attributes.get('v')).toBe('&b;&d;&A');
});

test('what is open, crossed or stray is told by its line, and the rest is read', () => {
  const { roots, problems } = parseXml('<a>\n<b>\n</a>\n</c>\n<d x="1"/>\n<e y="2>\n');
  expect(roots.map(({ name }) => name)).toEqual(['a', 'd']);
  expect(problems.map(({ line }) => line)).toEqual([2, 4, 6]);
});

test('hostile text costs time in proportion to its length', () => {
  const begin = performance.now();
  for (const part of ['<a "', '<![', '<!--', '<a b=', "<a '<", '<a b="', '&#', '<a aaaaaaaa'])
    parseXml(part.repeat(30_000));
  parseXml(`<a ${'x'.repeat(500_000)}>`);
  parseXml('<a>'.repeat(50_000) + '</b>'.repeat(50_000));
  expect(performance.now() - begin).toBeLessThan(10_000);
});
