import { printName } from '../../wire/x509/name.ts';
import { USAGES } from '../commands/certutil/names.ts';
import type { StoredCertificate } from '../host.ts';
import { dataText } from '../registry/print.ts';
import type { RegistryData, RegistryKey } from '../registry/registry.ts';
import { object, type PsObject, type PsValue, type World } from './values.ts';

/** The host's things as the objects that cmdlets give. Of each the properties that matter in this field. */

const PROVIDER = 'Microsoft.PowerShell.Security\\Certificate::LocalMachine';

export function certificateObject(
  store: string,
  { certificate, thumbprint }: StoredCertificate,
  { context }: World,
): PsObject {
  const usages = (certificate.extendedKeyUsage ?? []).map((oid) => `${USAGES[oid] ?? ''} (${oid})`.trim());
  const names = certificate.subjectAltNames.filter(({ kind }) => kind === 'dns').map(({ value }) => value);
  const commonName = certificate.subject.rdns.flat().find(({ type }) => type === '2.5.4.3')?.value;
  return object('certificate', {
    PSPath: `${PROVIDER}\\${store}\\${thumbprint.toUpperCase()}`,
    PSParentPath: `${PROVIDER}\\${store}`,
    PSChildName: thumbprint.toUpperCase(),
    PSDrive: 'Cert',
    PSProvider: 'Microsoft.PowerShell.Security\\Certificate',
    PSIsContainer: false,
    EnhancedKeyUsageList: usages,
    DnsNameList: names.length > 0 ? names : commonName === undefined ? [] : [commonName],
    SendAsTrustedIssuer: false,
    Archived: false,
    FriendlyName: '',
    NotAfter: { is: 'date', at: certificate.notAfter },
    NotBefore: { is: 'date', at: certificate.notBefore },
    HasPrivateKey: context.hasKey?.(thumbprint.toLowerCase()) ?? false,
    SerialNumber: certificate.serial.toUpperCase(),
    Thumbprint: thumbprint.toUpperCase(),
    Version: 3,
    Issuer: printName(certificate.issuer),
    Subject: printName(certificate.subject),
  });
}

export function storeObject(name: string): PsObject {
  return object('store', { Name: name, PSChildName: name, PSParentPath: PROVIDER, PSIsContainer: true });
}

/** The values of a key, and behind them what the provider adds. */
export function keyObject({ path, values }: RegistryKey, only?: readonly string[]): PsObject {
  const wanted = only?.map((name) => name.toLowerCase());
  const shown = values.filter(({ name }) => !wanted || wanted.includes(name.toLowerCase()));
  const own = shown.map(({ name, data }) => [name === '' ? '(default)' : name, dataValue(data)] as const);
  const cut = path.lastIndexOf('\\');
  const provider = 'Microsoft.PowerShell.Core\\Registry';
  return object('list', {
    ...Object.fromEntries(own),
    PSPath: `${provider}::${path}`,
    PSParentPath: `${provider}::${path.slice(0, cut)}`,
    PSChildName: path.slice(cut + 1),
    PSDrive: path.startsWith('HKEY_LOCAL_MACHINE') ? 'HKLM' : '',
    PSProvider: provider,
  });
}

export function dataValue(data: RegistryData): PsValue {
  if (data.is === 'dword') return data.value;
  if (data.is === 'bytes' && data.type === 3) return [...data.value];
  return data.is === 'text' ? data.value : dataText(data);
}
