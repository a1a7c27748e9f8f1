import { answerOf } from '../../base/known.ts';
import { bindingByKey, type Host, type Site, type SiteBinding, store, withoutBinding } from '../host.ts';
import { parseInformation } from '../iis/access.ts';
import { siteByName } from '../iis/change-sites.ts';
import { keyOfSiteBinding } from '../iis/ssl-flags.ts';
import { rebind } from '../rebinders/rebind.ts';
import type { Rebinder } from '../rebinders/rebinder.ts';
import webadministration from '../rebinders/webadministration-powershell.ts';
import { object, PsError, type PsObject, type PsValue, property, textOf, type World } from './values.ts';

/** The bindings of IIS sites as the two modules of PowerShell show and change them (domain 10.2). */

export interface OfSite {
  readonly site: Site;
  readonly binding: SiteBinding;
}

export interface BindingFilter {
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly port?: string | undefined;
  readonly hostHeader?: string | undefined;
  readonly address?: string | undefined;
  readonly information?: string | undefined;
}

export function bindingsOf(host: Host, filter: BindingFilter): OfSite[] {
  const sites = answerOf(host.sites).filter(({ name }) => same(filter.name, name));
  return sites.flatMap((site) =>
    site.bindings.filter((one) => fits(one, filter)).map((binding) => ({ site, binding })),
  );
}

function fits({ protocol, information }: SiteBinding, filter: BindingFilter): boolean {
  const [, address = '', port = '', host = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*):(.*)$/s.exec(information) ?? [];
  return (
    same(filter.protocol, protocol) &&
    same(filter.information, information) &&
    same(filter.port, port) &&
    same(filter.hostHeader, host) &&
    (filter.address === undefined || filter.address === '' || same(filter.address, address))
  );
}

const same = (wanted: string | undefined, value: string): boolean =>
  wanted === undefined || wanted.toLowerCase() === value.toLowerCase();

export function siteNamed(host: Host, name: string): Site {
  const site = siteByName(host, name);
  if (!site) throw new PsError(`Cannot find the site '${name}'.`, 'SiteNotFound');
  return site;
}

/** 'IP:port:host' of what the cmdlets are given. */
export function information(address: PsValue, port: PsValue, hostHeader: PsValue): string {
  const text = `${textOf(address) || '*'}:${textOf(port)}:${textOf(hostHeader)}`;
  if (!parseInformation(text)) throw new PsError(`The binding information ${text} is not valid.`);
  return text;
}

/** With the methods that bind a certificate; the record is that of http.sys. */
export function bindingObject({ site, binding }: OfSite, world: World, flags?: string): PsObject {
  const key = keyOfSiteBinding(binding);
  const record = key ? answerOf(bindingByKey(world.host, key)) : undefined;
  const held = (name: 'certhash' | 'certstorename') => {
    const leaf = record?.fields[name];
    return leaf?.is === 'known' ? (leaf.value ?? '') : '';
  };
  const methods = new Map<string, (args: readonly PsValue[], world: World) => PsValue>([
    [
      'AddSslCertificate',
      ([hash = null, name = null], at) =>
        bindCertificate(binding, textOf(hash), textOf(name), webadministration, at),
    ],
    ['RemoveSslCertificate', (_, at) => removeCertificate(binding, at)],
  ]);
  return object(
    'binding',
    {
      protocol: binding.protocol,
      bindingInformation: binding.information,
      sslFlags: flags ?? binding.sslFlags,
      certificateHash: held('certhash').toUpperCase(),
      certificateStoreName: held('certstorename'),
      ItemXPath: `/system.applicationHost/sites/site[@name='${site.name}' and @id='${site.id}']`,
    },
    methods,
  );
}

/** The binding that an object of the pipeline stands for. */
export function ofObject(host: Host, value: PsValue): OfSite[] {
  const name = /@name='(.*)' and @id=/.exec(textOf(property(value, 'ItemXPath')))?.[1];
  return bindingsOf(host, {
    name: name ?? '',
    protocol: textOf(property(value, 'protocol')),
    information: textOf(property(value, 'bindingInformation')),
  });
}

/** Writes the record behind a binding as the tool does it; null, as the methods return nothing. */
export function bindCertificate(
  binding: SiteBinding,
  hash: string,
  storeName: string,
  rebinder: Rebinder,
  world: World,
): null {
  const key = keyOfSiteBinding(binding);
  if (!key || key.kind === 'ccs')
    throw new PsError(`The binding ${binding.information} takes no certificate of its own.`);
  const certhash = hash.replace(/[\s\p{Cf}]/gu, '').toLowerCase();
  const certstorename = storeName === '' ? 'My' : storeName;
  const held = answerOf(store(world.host, certstorename));
  if (!held.some((one) => one.thumbprint.toLowerCase() === certhash))
    throw new PsError(
      'A specified logon session does not exist. It may already have been terminated. (Exception from HRESULT: 0x80070520)',
      'COMException',
    );
  world.host = rebind(world.host, rebinder, key, { certhash, certstorename });
  return null;
}

export function removeCertificate(binding: SiteBinding, world: World): null {
  const key = keyOfSiteBinding(binding);
  if (key) world.host = withoutBinding(world.host, key);
  return null;
}

/** Names of the bits as the enumeration of Microsoft.Web.Administration has them (domain 10.2). */
const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [1, 'Sni'],
  [2, 'CentralCertStore'],
  [4, 'DisableHTTP2'],
  [8, 'DisableOCSPStp'],
  [16, 'DisableQUIC'],
  [32, 'DisableTLS13'],
  [64, 'DisableLegacyTLS'],
];

export function flagNames(flags: number): string {
  const names = FLAG_NAMES.filter(([bit]) => flags & bit).map(([, name]) => name);
  return names.length > 0 ? names.join(', ') : 'None';
}

export function flagsOf(value: PsValue): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  const words = textOf(value)
    .split(/[\s,]+/)
    .filter((word) => word !== '' && !/^none$/i.test(word));
  return words.reduce((sum, word) => {
    const bit = FLAG_NAMES.find(([, name]) => name.toLowerCase() === word.toLowerCase())?.[0];
    const number = /^\d+$/.test(word) ? Number(word) : bit;
    if (number === undefined)
      throw new PsError(`Cannot match the identifier name ${word} to a valid enumerator name.`);
    return sum | number;
  }, 0);
}

/** 'Cert:\LocalMachine\WebHosting' or a bare name. */
export const storeOfLocation = (value: PsValue): string =>
  textOf(value).replace(/\\+$/, '').split('\\').at(-1) ?? '';
