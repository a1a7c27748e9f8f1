import type { Message } from '../../base/message.ts';
import { latin1Text } from '../../base/text.ts';
import { type Name, printName } from '../../wire/x509/name.ts';

/** What is wrong or odd with single names. */
export function defectRemarks(names: readonly Name[]): Message[] {
  return [...brokenRemarks(names), ...emptyRemarks(names), ...duplicateRemarks(names), ...sspiRemarks(names)];
}

function brokenRemarks(names: readonly Name[]): Message[] {
  const broken = names.flatMap((name, i) => (name.broken === undefined ? [] : [{ name, position: i + 1 }]));
  const first = broken[0];
  if (!first) return [];
  const facts = { count: broken.length, position: first.position, bytes: first.name.der.length };
  return [{ id: 'list-broken-names', facts }];
}

function emptyRemarks(names: readonly Name[]): Message[] {
  const at = names.findIndex((name) => name.broken === undefined && name.rdns.length === 0);
  return at < 0 ? [] : [{ id: 'list-empty-name', facts: { position: at + 1 } }];
}

/** So many are named; the rest is counted. */
const NAMED = 3;
/** And so many of its places. */
const PLACES = 4;

function duplicateRemarks(names: readonly Name[]): Message[] {
  const twice = repeated(names);
  if (twice.length === 0) return [];
  const named = twice
    .slice(0, NAMED)
    .map(({ name, at }) => `«${printName(name)}» (${at.slice(0, PLACES).join(', ')})`);
  const left = twice.length - named.length;
  return [
    {
      id: 'list-duplicates',
      facts: { count: twice.length, names: named.join(', '), ...(left > 0 ? { left } : {}) },
    },
  ];
}

/** Names that stand there more than once, with where (from 1). */
function repeated(names: readonly Name[]): { readonly name: Name; readonly at: readonly number[] }[] {
  const first = new Map<string, number>();
  const found = new Map<number, number[]>();
  for (const [i, { der }] of names.entries()) {
    const key = latin1Text(der);
    const before = first.get(key);
    if (before === undefined) first.set(key, i);
    else found.set(before, [...(found.get(before) ?? [before + 1]).slice(0, PLACES), i + 1]);
  }
  return [...found].map(([i, at]) => ({ name: names[i]!, at }));
}

/** A .NET SslStream server on Windows may add this DN; http.sys does not (domain 4.6, dotnet/runtime#60949). */
function sspiRemarks(names: readonly Name[]): Message[] {
  const found = names.find(({ rdns }) =>
    rdns.some((rdn) => rdn.some(({ value }) => /^NT AUTHORITY$/i.test(value))),
  );
  return found ? [{ id: 'list-nt-authority', facts: { name: printName(found) } }] : [];
}
