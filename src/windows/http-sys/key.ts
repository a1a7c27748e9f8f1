import { type Address, parseAddress } from './address.ts';
import type { BindingKey, BindingKind } from './binding.ts';

/** Keys of http.sys records as netsh takes them (domain 1.1). */
const KINDS: readonly BindingKind[] = ['ipport', 'hostnameport', 'ccs', 'scopedccs'];

export function isBindingKind(name: string): name is BindingKind {
  return (KINDS as readonly string[]).includes(name);
}

/** What a key stands for: an address or a host name, and a port. */
export type Endpoint =
  | { readonly is: 'address'; readonly address: Address; readonly port: number }
  /** Lower case; `*.example.com` for a wildcard of the left-most label. */
  | { readonly is: 'host'; readonly host: string; readonly port: number }
  | { readonly is: 'port'; readonly port: number };

/** Reads a key's value; null when it is not of its kind's form. */
export function endpointOf(key: BindingKey): Endpoint | null {
  const before = endpoints.get(key);
  if (before !== undefined) return before;
  const endpoint = readEndpoint(key);
  endpoints.set(key, endpoint);
  return endpoint;
}

/** Every question about one of ten thousand records begins with it. */
const endpoints = new WeakMap<BindingKey, Endpoint | null>();

function readEndpoint(key: BindingKey): Endpoint | null {
  if (key.kind === 'ccs') {
    const port = parsePort(key.value);
    return port === null ? null : { is: 'port', port };
  }
  const [, host = '', digits = ''] = /^(.*):(\d+)$/s.exec(key.value) ?? [];
  const port = parsePort(digits);
  if (port === null) return null;
  if (key.kind === 'ipport') {
    const address = parseAddress(unbracketed(host));
    return address ? { is: 'address', address, port } : null;
  }
  return /^[^\s:[\]]+$/.test(host) ? { is: 'host', host: host.toLowerCase(), port } : null;
}

/** An IPv6 address stands in brackets, an IPv4 address does not. */
function unbracketed(host: string): string {
  if (/^\[.*:.*\]$/s.test(host)) return host.slice(1, -1);
  return host.includes(':') ? '' : host;
}

function parsePort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : null;
}

/** 'hostnameport=www.example.com:443', as netsh takes it. */
export const printKey = (key: BindingKey): string => `${key.kind}=${key.value}`;

/** Reads what printKey writes, the kind in any case; null when it is no key. */
export function parseKey(text: string): BindingKey | null {
  const split = text.indexOf('=');
  const kind = text.slice(0, Math.max(split, 0)).toLowerCase();
  if (!isBindingKind(kind)) return null;
  const key = { kind, value: text.slice(split + 1) };
  return endpointOf(key) ? key : null;
}

/** Host names compare without case (domain 2.2), addresses by value: [0:0::0] is [::]. */
export function sameKey(a: BindingKey, b: BindingKey): boolean {
  if (a.kind !== b.kind) return false;
  if (a.value.toLowerCase() === b.value.toLowerCase()) return true;
  // Only an address can be spelled in several ways; a host with a thousand names asks this a million times.
  return a.kind === 'ipport' && comparable(a) === comparable(b);
}

function comparable(key: BindingKey): string {
  return JSON.stringify(endpointOf(key) ?? key.value);
}
