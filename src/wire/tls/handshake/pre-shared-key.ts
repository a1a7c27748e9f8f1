import { Writer } from '../../../base/bytes.ts';
import { EXTENSION } from '../registry/extension-type.ts';
import { type Extension, makeExtension } from './extension.ts';

/** The one identity of pre_shared_key that a client offers (RFC 8446 4.2.11). */
export interface PskIdentity {
  readonly ticket: Uint8Array;
  /** obfuscated_ticket_age: milliseconds, ticket_age_add added, modulo 2^32. */
  readonly age: number;
}

export const preSharedKeyExtension = ({ ticket, age }: PskIdentity, binder: Uint8Array): Extension =>
  makeExtension(EXTENSION.preSharedKey, (data) => {
    data.block16((identities) => identities.block16((one) => one.raw(ticket)).u32(age));
    data.raw(bindersBlock(binder));
  });

const bindersBlock = (binder: Uint8Array): Uint8Array =>
  new Writer().block16((binders) => binders.block8((one) => one.raw(binder))).done();

/** Bytes at the end of the ClientHello that a binder of that length does not cover (RFC 8446 4.2.11.2). */
export const bindersLength = (binder: Uint8Array): number => bindersBlock(binder).length;
