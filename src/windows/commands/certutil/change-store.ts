import { answerOf, known, Unanswered } from '../../../base/known.ts';
import type { printName } from '../../../wire/x509/name.ts';
import { type Host, type StoredCertificate, withStore } from '../../host.ts';
import { isSelfSigned } from '../../schannel/chain.ts';
import { heldIn, isWhole, storeHeading } from '../../stores/held.ts';
import { storeKey } from '../../stores/names.ts';
import type { CommandResult } from '../command.ts';
import { findCertificates } from './find.ts';
import { rootLines } from './listing.ts';
import { completed, failed, type Said, wrongCount } from './messages.ts';
import { readCertificates } from './read-certificates.ts';
import { refuseOtherPlaces } from './store.ts';

/**
 * `certutil [-f] -addstore STORE FILE`. A name that Windows does not know makes a store (domain 8.1). The texts of
 * both commands are recalled, not from a capture: *unverified*. So is that Root takes a certificate that is not
 * self-signed with -f alone.
 */
export function addStore(said: Said, args: readonly string[], switches: ReadonlySet<string>): CommandResult {
  refuseOtherPlaces(switches);
  const [name, file, ...more] = args;
  if (name === undefined || file === undefined) return wrongCount(said, 'at least 2', args.length);
  if (more.length > 0) return wrongCount(said, 'no more than 2', args.length);
  if (!said.context.read || !said.context.digest)
    throw new Unanswered(`what certutil adds: the file ${file} is not at hand`);
  const bytes = said.context.read(file);
  if (!bytes) return failed(said, 'noFile');
  const added = readCertificates(bytes, said.context);
  if (!added) return failed(said, 'badData');
  const heading = storeHeading(name, said.context.language);
  const stray = added.find(({ certificate }) => !isSelfSigned(certificate));
  if (storeKey(name) === 'root' && stray && !switches.has('f'))
    return failed(said, 'badParameter', [
      heading,
      ...rootLines(stray.certificate, said.context),
      'Cannot add a non-root certificate to the root store',
    ]);
  const because = [{ source: `foreseen: certutil -addstore ${name} ${file}` }];
  let held = answerOf(heldIn(said.host, name)) ?? [];
  const text = [heading];
  for (const { certificate, thumbprint } of added) {
    const title = simpleName(certificate.subject);
    if (isSelfSigned(certificate)) text.push('Signature matches Public Key');
    if (held.some((one) => one.thumbprint.toLowerCase() === thumbprint)) {
      text.push(`Certificate "${title}" already in store.`);
    } else {
      held = [...held, { certificate, thumbprint, because }];
      text.push(`Certificate "${title}" added to store.`);
    }
  }
  return completed({ ...said, host: withStore(said.host, name, held, because) }, text);
}

/** `certutil -delstore STORE CERTID`. */
export function delStore(said: Said, args: readonly string[], switches: ReadonlySet<string>): CommandResult {
  refuseOtherPlaces(switches);
  const [name, id, ...more] = args;
  if (name === undefined || id === undefined) return wrongCount(said, 'at least 2', args.length);
  if (more.length > 0) return wrongCount(said, 'no more than 2', args.length);
  const held = answerOf(heldIn(said.host, name));
  if (!held) return failed(said, 'noFile');
  const found = findCertificates(held, id);
  const heading = storeHeading(name, said.context.language);
  if (found.length === 0) return failed(said, 'notFound', [heading]);
  const gone = found.map(({ one }) => one);
  return completed({ ...said, host: without(said.host, name, held, gone) }, [
    heading,
    ...found.map(({ number }) => `Deleting Certificate ${number}`),
  ]);
}

function without(
  host: Host,
  name: string,
  held: readonly StoredCertificate[],
  gone: readonly StoredCertificate[],
): Host {
  const left = held.filter((one) => !gone.includes(one));
  const leaf = host.stores.get(storeKey(name));
  const because = leaf?.is === 'known' ? leaf.because : [];
  if (isWhole(host) && !leaf) return host;
  return { ...host, stores: new Map(host.stores).set(storeKey(name), known(left, because)) };
}

/** As CertGetNameString gives it: the common name, else the most specific part. */
function simpleName(name: Parameters<typeof printName>[0]): string {
  const attributes = name.rdns.toReversed().flat();
  const best = attributes.find(({ type }) => type === '2.5.4.3') ?? attributes[0];
  return best?.value ?? '';
}
