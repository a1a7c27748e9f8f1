import { answerOf, type Known, known, mapKnown, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { BUILDS } from '../builds.ts';
import { bindingByKey, type Host, withBinding } from '../host.ts';
import type {
  BindingField,
  BindingKey,
  BindingValues,
  NetshColumn,
  SslBinding,
} from '../http-sys/binding.ts';
import { isBindingField, oldestColumn } from '../http-sys/fields.ts';
import { sameKey } from '../http-sys/key.ts';
import { NO_OWNER } from '../http-sys/owners.ts';
import { defaultOf, newRecord } from '../http-sys/record.ts';
import { FLAG_FIELDS, keyOfSiteBinding } from '../iis/ssl-flags.ts';
import { WANTED } from '../wanted.ts';
import type { Rebinder } from './rebinder.ts';

export interface RenewedCertificate {
  /** SHA-1, lower-case hex. */
  readonly certhash: string;
  readonly certstorename: string;
}

/** The host after a tool put another certificate into the record of `key`; a record that lacks is made. */
export function rebind(
  host: Host,
  rebinder: Rebinder,
  key: BindingKey,
  certificate: RenewedCertificate,
): Host {
  const because = [{ source: rebinder.title }];
  const appid = rebinder.appid ?? NO_OWNER;
  const before = answerOf(bindingByKey(host, key));
  if (!before) {
    const column = columnOf(host, undefined);
    return withBinding(host, newRecord(key, column, { ...certificate, appid }, because));
  }
  const after = (name: BindingField) => fieldAfter(host, rebinder, before, name, { ...certificate, appid });
  const fields = Object.keys(before.fields)
    .filter(isBindingField)
    .map((name) => [name, after(name)]);
  return withBinding(host, { ...before, fields: { ...before.fields, ...Object.fromEntries(fields) } });
}

type Leaf = Known<BindingValues[BindingField]>;

function fieldAfter(
  host: Host,
  rebinder: Rebinder,
  before: SslBinding,
  name: BindingField,
  own: RenewedCertificate & { readonly appid: string },
): Leaf {
  const because = [{ source: rebinder.title }];
  if (rebinder.writes.includes(name) && (name === 'certhash' || name === 'certstorename' || name === 'appid'))
    return known(own[name], because);
  const bit = rebinder.carriesSslFlags ? flagBit(host, before, name) : undefined;
  if (bit !== undefined) return mapKnown(sslFlags(host, before.key, because), (flags) => (flags & bit) !== 0);
  if (!rebinder.loses.includes(name) || keeps(host, rebinder, name)) return before.fields[name]!;
  return known(defaultOf(name), because);
}

/** Hypothesis rebinding-and-negotiation, about the tools that write the flags of the IIS binding. */
function keeps(host: Host, rebinder: Rebinder, name: BindingField): boolean {
  const isDisputed = rebinder.carriesSslFlags === true && name === 'clientcertnegotiation';
  return isDisputed && host.assume.variant('rebinding-and-negotiation') === 'kept';
}

function flagBit(host: Host, before: SslBinding, name: BindingField): number | undefined {
  const column = columnOf(host, before);
  return FLAG_FIELDS.find(({ field, since }) => field === name && since <= column)?.bit;
}

function columnOf(host: Host, record: SslBinding | undefined): NetshColumn {
  if (host.build.is === 'known') return BUILDS[host.build.value].netshColumn;
  return record ? oldestColumn(record) : BUILDS[answerOf(host.build)].netshColumn;
}

/** sslFlags of the IIS binding behind the record; 0 where no site has one. */
function sslFlags(host: Host, key: BindingKey, because: readonly Locus[]): Known<number> {
  if (host.sites.is !== 'known') return unknown(WANTED.sites);
  const bindings = host.sites.value.flatMap((site) => site.bindings);
  const own = bindings.find((one) => {
    const used = keyOfSiteBinding(one);
    return used !== null && sameKey(used, key);
  });
  return known(own?.sslFlags ?? 0, because);
}
