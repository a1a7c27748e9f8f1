import { toHex } from '../../base/bytes.ts';
import type { Message } from '../../base/message.ts';
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

function duplicateRemarks(names: readonly Name[]): Message[] {
  const twice = [...places(names).values()].filter(({ at }) => at.length > 1);
  if (twice.length === 0) return [];
  const named = twice
    .slice(0, NAMED)
    .map(({ name, at }) => `«${printName(name)}» (${at.slice(0, 4).join(', ')})`);
  const left = twice.length - named.length;
  return [
    {
      id: 'list-duplicates',
      facts: { count: twice.length, names: named.join(', '), ...(left > 0 ? { left } : {}) },
    },
  ];
}

/** Names once each, with where they stand (from 1). */
function places(names: readonly Name[]): Map<string, { readonly name: Name; readonly at: number[] }> {
  const found = new Map<string, { name: Name; at: number[] }>();
  for (const [i, name] of names.entries()) {
    const key = toHex(name.der);
    const seen = found.get(key);
    if (seen) seen.at.push(i + 1);
    else found.set(key, { name, at: [i + 1] });
  }
  return found;
}

/** A .NET SslStream server on Windows may add this DN; http.sys does not (domain 4.6, dotnet/runtime#60949). */
function sspiRemarks(names: readonly Name[]): Message[] {
  const found = names.find((name) => name.rdns.flat().some(({ value }) => /^NT AUTHORITY$/i.test(value)));
  return found ? [{ id: 'list-nt-authority', facts: { name: printName(found) } }] : [];
}
