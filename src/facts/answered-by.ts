import { answerOf, Unanswered } from '../base/known.ts';
import type { HandshakeSeen } from '../evidence/claims.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import { isWildcard, parseConnectionAddress } from '../windows/http-sys/address.ts';
import type { BindingKey, SslBinding } from '../windows/http-sys/binding.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { bindingFor } from '../windows/http-sys/lookup.ts';
import { recordsOnPort, recordsShown } from './records.ts';

/** The record that answered a handshake. null: none, or it cannot be told. */
type Answering = (seen: HandshakeSeen) => BindingKey | null;

/**
 * By the certificate that the server showed where that was seen, for a record has one; else by the lookup of http.sys
 * on the address, as far as that is the host's own.
 */
export function answering(picture: Picture, host: Host): Answering {
  const isForeign = foreignAddresses(picture, host);
  return (seen) => {
    const meant = recordMeant(host, seen);
    const { serverCertificate } = seen;
    if (serverCertificate === undefined) return meant && !isForeign(seen, meant) ? meant.key : null;
    if (meant && hashOf(meant) === serverCertificate) return meant.key;
    const [only, another] = recordsOnPort(host, seen.port).filter((one) => hashOf(one) === serverCertificate);
    if (only) return another ? null : only.key;
    // Another certificate, another server. A record whose certificate nobody knows says nothing against it.
    return meant && hashOf(meant) === undefined && !isForeign(seen, meant) ? meant.key : null;
  };
}

/** Whether one of several hosts that are in the picture (a farm) could have answered as well: then none is taken. */
export function answeredByOthers(picture: Picture, host: Host): (seen: HandshakeSeen) => boolean {
  const others = picture.hosts
    .filter(({ name }) => name !== host.name)
    .map((other) => answering(picture, other));
  return (seen) => others.some((answeredBy) => answeredBy(seen) !== null);
}

function hashOf({ fields: { certhash } }: SslBinding): string | undefined {
  return certhash?.is === 'known' ? certhash.value?.toLowerCase() : undefined;
}

/**
 * An address that is none of the host's own records may be a translated one: where a record for one address exists,
 * it may have answered.
 */
function recordMeant(host: Host, seen: HandshakeSeen): SslBinding | null {
  const exact = recordsOnPort(host, seen.port).flatMap((record) => exactAddress(record) ?? []);
  const address = textOf(seen.address);
  if (exact.length > 0 && !exact.some((one) => one === address)) return null;
  const connection = {
    address: seen.address ?? '0.0.0.0',
    port: seen.port,
    serverName: seen.serverName ?? null,
  };
  try {
    return answerOf(bindingFor(host, connection)) ?? null;
  } catch (error) {
    if (error instanceof Unanswered) return null;
    throw error;
  }
}

/**
 * A capture of a workstation shows servers from all over the world, and a record for every address would answer for
 * all of them. Where a capture shows more than one server on a port, an address is the host's only if a record, a log
 * or a certificate of the host says so; where it shows one, that is the one that was captured for.
 */
function foreignAddresses(picture: Picture, host: Host): (seen: HandshakeSeen, meant: SslBinding) => boolean {
  const captured = new Map<number, Set<string>>();
  for (const { port, address, count } of [...picture.handshakes, ...(picture.unread ?? [])])
    if (count !== undefined && address !== undefined)
      captured.set(port, (captured.get(port) ?? new Set()).add(address));
  const own = ownAddresses(picture, host);
  return ({ port, address, count }, meant) => {
    // A probe was sent where somebody meant it to go, and a name is the host's own.
    if (count === undefined || address === undefined || !takesAnyAddress(meant)) return false;
    return (captured.get(port)?.size ?? 0) > 1 && !own.has(textOf(address) ?? address);
  };
}

function ownAddresses(picture: Picture, host: Host): ReadonlySet<string> {
  const own = new Set<string>();
  const add = (address: string | undefined): void => {
    const text = textOf(address);
    if (text !== undefined) own.add(text);
  };
  for (const record of recordsShown(host)) add(exactAddress(record));
  // Logs of a farm do not tell whose they are.
  if (picture.hosts.length === 1) for (const { serverIp } of picture.logons) add(serverIp);
  for (const { serverCertificate, address, port } of picture.handshakes)
    if (serverCertificate && recordsOnPort(host, port).some((one) => hashOf(one) === serverCertificate))
      add(address);
  return own;
}

const textOf = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : parseConnectionAddress(address)?.text;

/** Neither an address of its own nor a name decided for it. */
const takesAnyAddress = (record: SslBinding): boolean =>
  endpointOf(record.key)?.is !== 'host' && exactAddress(record) === undefined;

function exactAddress({ key }: SslBinding): string | undefined {
  const endpoint = endpointOf(key);
  return endpoint?.is === 'address' && !isWildcard(endpoint.address) ? endpoint.address.text : undefined;
}
