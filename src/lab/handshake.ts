import { answerOf } from '../base/known.ts';
import { BUILDS } from '../windows/builds.ts';
import { type Host, store } from '../windows/host.ts';
import type { BindingField, BindingValues, SslBinding } from '../windows/http-sys/binding.ts';
import { issuerList } from '../windows/schannel/issuer-list.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { walkIssuers } from '../wire/x509/chain.ts';
import { sameName } from '../wire/x509/name.ts';
import { readKey } from './keys.ts';
import type { ServerSettings } from './tls-context.ts';

/** Why a record cannot speak TLS. The client sees a reset, as http.sys gives it. */
export class Unusable extends Error {}

/** What http.sys and Schannel make of a record: the certificate, the list of issuers, the versions. */
export async function serverSettings(
  host: Host,
  record: SslBinding,
  folder: string,
): Promise<ServerSettings> {
  if (settingOf(record, 'reject')) throw new Unusable('the record rejects connections');
  const { certificate, thumbprint } = boundCertificate(host, record);
  const key = await readKey(folder, thumbprint);
  if (!key) throw new Unusable(`the lab has no private key of ${thumbprint}`);
  const list = answerOf(issuerList(host, record));
  return {
    chain: [certificate, ...intermediates(certificate, host)].map((one) => one.der),
    key,
    issuers: list?.names.map((name) => name.der) ?? [],
    legacyTls: !settingOf(record, 'disablelegacytls'),
    tls12: !settingOf(record, 'disabletls12'),
    tls13: BUILDS[answerOf(host.build)].tls13 && !settingOf(record, 'disabletls13'),
  };
}

/** A field that the host's build does not have reads as not set. */
export function settingOf<F extends BindingField>(
  record: SslBinding,
  field: F,
): BindingValues[F] | undefined {
  const leaf = record.fields[field];
  return leaf && answerOf(leaf);
}

function boundCertificate(host: Host, record: SslBinding) {
  const hash = settingOf(record, 'certhash')?.toLowerCase();
  // A record without a store means MY (domain 1.3).
  const name = settingOf(record, 'certstorename') ?? 'MY';
  const found = answerOf(store(host, name)).find((one) => one.thumbprint === hash);
  if (!found) throw new Unusable(`certificate ${hash ?? '(null)'} is not in the store ${name}`);
  return found;
}

/** Schannel sends the chain up to the root, the root left out. */
function intermediates(leaf: Certificate, host: Host): Certificate[] {
  const pool = ['ca', 'root'].flatMap((name) => answerOf(store(host, name)).map((one) => one.certificate));
  return walkIssuers(leaf, pool).filter((one) => !sameName(one.subject, one.issuer));
}
