import { BUILDS } from '../../builds.ts';
import type { Host } from '../../host.ts';
import type { BindingField, BindingKind, NetshColumn } from '../../http-sys/binding.ts';
import { fieldRow, printed } from '../../http-sys/fields.ts';

/** What `netsh http … sslcert` takes, in the order of its help, by build (domain 1.4 [NETSH][W32][TOK]). */

/** Kinds of key with the form that the help shows, and since when. */
const KEY_FORMS: readonly {
  readonly kind: BindingKind;
  readonly form: string;
  readonly since: NetshColumn;
}[] = [
  { kind: 'hostnameport', form: '<name:port>', since: 'A' },
  { kind: 'ipport', form: '<ipaddr:port>', since: 'A' },
  { kind: 'ccs', form: '<port>', since: 'A' },
  { kind: 'scopedccs', form: '<name:port>', since: 'D' },
];

/** After the key. Enable Caching Client Hello has no parameter. */
const FIELD_ORDER: readonly BindingField[] = [
  'appid',
  'certhash',
  'certstorename',
  'verifyclientcertrevocation',
  'verifyrevocationwithcachedclientcertonly',
  'usagecheck',
  'revocationfreshnesstime',
  'urlretrievaltimeout',
  'sslctlidentifier',
  'sslctlstorename',
  'dsmapperusage',
  'clientcertnegotiation',
  'reject',
  'disablehttp2',
  'disablequic',
  'disablelegacytls',
  'disabletls12',
  'disabletls13',
  'disableocspstapling',
  'enabletokenbinding',
  'logextendedevents',
  'enablesessionticket',
  'disablesessionid',
  'disableaia',
];

/** A host of unknown build is taken to know every form: what it lacks is for the plan to find out. */
export function keyForms(host: Host): typeof KEY_FORMS {
  if (host.build.is !== 'known') return KEY_FORMS;
  const build = BUILDS[host.build.value];
  // Host names and the central store came with 2012 (domain 1.1), within the first column of `show`.
  if (build.id === '2008r2') return KEY_FORMS.filter(({ kind }) => kind === 'ipport');
  return KEY_FORMS.filter(({ since }) => since <= build.netshColumn);
}

export function acceptedFields(host: Host): BindingField[] {
  if (host.build.is !== 'known') return [...FIELD_ORDER];
  const column = BUILDS[host.build.value].netshColumn;
  return FIELD_ORDER.filter((name) => printed(fieldRow(name), column) !== 'never' || isListed(host, name));
}

/** A build whose `show` prints a line takes its parameter. */
function isListed(host: Host, name: BindingField): boolean {
  return host.bindings.is === 'known' && host.bindings.value.some((record) => record.fields[name]);
}
