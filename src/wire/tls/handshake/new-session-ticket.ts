import { Reader } from '../../../base/bytes.ts';
import { TLS13 } from '../registry/version.ts';
import { type Extension, readExtensions } from './extension.ts';

/** NewSessionTicket (RFC 5077 3.3, RFC 8446 4.6.1). */
export interface NewSessionTicket {
  /** Seconds. */
  readonly lifetime: number;
  /** TLS 1.3 only. */
  readonly ageAdd?: number;
  readonly nonce?: Uint8Array;
  readonly ticket: Uint8Array;
  readonly extensions: readonly Extension[];
}

/** Throws Malformed. */
export function decodeNewSessionTicket(body: Uint8Array, version: number): NewSessionTicket {
  const reader = new Reader(body);
  const lifetime = reader.u32('ticket_lifetime');
  const isNew = version >= TLS13;
  const fresh = isNew
    ? { ageAdd: reader.u32('ticket_age_add'), nonce: reader.block8('ticket_nonce', (n) => n.rest()) }
    : {};
  const ticket = reader.block16('ticket', (inner) => inner.rest());
  const extensions = isNew ? readExtensions(reader, 'NewSessionTicket') : [];
  reader.finish('NewSessionTicket');
  return { lifetime, ...fresh, ticket, extensions };
}
