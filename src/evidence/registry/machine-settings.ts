import { latin1Text } from '../../base/text.ts';
import { regBinary, regNumber } from '../../windows/registry/reg-data.ts';
import type { MachineSettingName } from '../claims.ts';
import type { ReadContext } from '../reader.ts';
import { type Area, locusOf, type Section, valueIn } from './section.ts';

/** Values elsewhere in the registry that bear on certificate logon (domain 3, 4.1, 7). */

function claimNumber(
  section: Section,
  context: ReadContext,
  value: string,
  name: MachineSettingName,
  read: (number: number) => string | null = String,
): void {
  const found = valueIn(section, value);
  const number = found && regNumber(found.data);
  if (!found || number === null || number === undefined) return;
  const text = read(number);
  if (text !== null)
    context.claim({ says: 'machine-setting', name, value: text, at: locusOf(context, found) });
}

/** Any number but 0 turns it on: administrators write 1 or 0xffffffff. */
const onOrOff = (number: number): string => (number === 0 ? '0' : '1');

/** Claimed where the key of SCHANNEL itself is read. */
export function claimSchannelSettings(section: Section, context: ReadContext): void {
  claimNumber(section, context, 'DisableRenegoOnServer', 'schannel.disable-renego-on-server', onOrOff);
  claimNumber(section, context, 'CertificateMappingMethods', 'schannel.certificate-mapping-methods');
}

export const schannelProtocols: Area = {
  path: /^SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1\.([23])\\Server$/i,
  read(section, [, minor], context) {
    const name = minor === '3' ? 'schannel.tls13.server.enabled' : 'schannel.tls12.server.enabled';
    const byDefault = valueIn(section, 'DisabledByDefault');
    // Disabled by default is off where a program does not ask for the version by name, as http.sys does not.
    if (byDefault && regNumber(byDefault.data))
      claimNumber(section, context, 'DisabledByDefault', name, () => '0');
    else claimNumber(section, context, 'Enabled', name, onOrOff);
  },
};

export const httpParameters: Area = {
  path: /^SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters$/i,
  read(section, _path, context) {
    claimNumber(section, context, 'EnableHttp2Tls', 'http.enable-http2-tls', onOrOff);
  },
};

export const kdc: Area = {
  path: /^SYSTEM\\CurrentControlSet\\Services\\Kdc$/i,
  read(section, _path, context) {
    claimNumber(
      section,
      context,
      'StrongCertificateBindingEnforcement',
      'kdc.strong-certificate-binding-enforcement',
    );
    claimNumber(
      section,
      context,
      'CertificateBackdatingCompensation',
      'kdc.certificate-backdating-compensation',
    );
  },
};

/** CERT_CHAIN_OPTION_DISABLE_AIA_URL_RETRIEVAL of wincrypt.h, in the values Options of the chain engine. */
const DISABLE_AIA = 2;

export const chainEngine: Area = {
  path: /^SOFTWARE\\(?:Policies\\Microsoft\\SystemCertificates\\ChainEngine|Microsoft\\Cryptography\\OID\\EncodingType 0\\CertDllCreateCertificateChainEngine)\\Config$/i,
  read(section, _path, context) {
    claimNumber(section, context, 'Options', 'chain.disable-aia', (bits) => (bits & DISABLE_AIA ? '1' : '0'));
  },
};

const DIRECT = 1;

/** WinHttpSettings: three DWORDs (size, count, flags), then the proxy behind its length. */
export const winHttpSettings: Area = {
  path: /^SOFTWARE\\(?:WOW6432Node\\)?Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections$/i,
  read(section, [path], context) {
    if (/WOW6432Node/i.test(path)) return;
    const value = valueIn(section, 'WinHttpSettings');
    const bytes = value && regBinary(value.data);
    if (!value || !bytes || bytes.length < 16) return;
    const length = bytes[12]! | (bytes[13]! << 8);
    const proxy = latin1Text(bytes.subarray(16, 16 + length));
    const isWhole = proxy.length === length && /^[\x21-\x7e]*$/.test(proxy);
    if (!isWhole || (length === 0 && (bytes[8]! & DIRECT) === 0)) return;
    const text = length === 0 ? 'direct' : proxy;
    context.claim({
      says: 'machine-setting',
      name: 'winhttp.proxy',
      value: text,
      at: locusOf(context, value),
    });
  },
};
