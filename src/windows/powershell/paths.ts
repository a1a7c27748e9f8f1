import { Unanswered } from '../../base/known.ts';
import { fullPath } from '../registry/registry.ts';
import { PsError, type PsValue, textOf } from './values.ts';

/** Where a path of PowerShell leads: the drives Cert: and HKLM:, and `Registry::HKEY_…`. */
export type PsPath =
  | { readonly is: 'cert-root' }
  /** 'LocalMachine'. */
  | { readonly is: 'stores' }
  | { readonly is: 'store'; readonly store: string }
  | { readonly is: 'certificate'; readonly store: string; readonly thumbprint: string }
  /** With the root's long name. */
  | { readonly is: 'registry'; readonly path: string };

export function readPath(value: PsValue): PsPath {
  const text = textOf(value)
    .replace(/^Microsoft\.PowerShell\.\w+\\\w+::/i, (whole) => (/certificate/i.test(whole) ? 'Cert:\\' : ''))
    .replace(/^Registry::/i, '');
  const certificates = /^cert:[\\/]*(.*)$/is.exec(text)?.[1];
  if (certificates !== undefined) return certificatePath(certificates);
  const [, drive, rest] = /^(HKLM|HKCU|HKCR|HKU):[\\/]*(.*)$/is.exec(text) ?? [];
  const path = fullPath(drive === undefined ? text : `${drive}\\${rest}`);
  if (path !== null) return { is: 'registry', path: path.replaceAll('/', '\\').replace(/\\+$/, '') };
  throw new Unanswered(`what lies at ${text}: the lab has the drives Cert: and HKLM:`);
}

function certificatePath(text: string): PsPath {
  const [place = '', store, thumbprint, ...more] = text.split(/[\\/]+/).filter((part) => part !== '');
  if (place === '') return { is: 'cert-root' };
  if (/^currentuser$/i.test(place))
    throw new Unanswered('what lies in Cert:\\CurrentUser: the lab keeps the stores of the machine');
  if (!/^localmachine$/i.test(place) || more.length > 0) throw notFound(`Cert:\\${text}`);
  if (store === undefined || store === '*') return { is: 'stores' };
  if (thumbprint === undefined || thumbprint === '*') return { is: 'store', store };
  return { is: 'certificate', store, thumbprint };
}

export function notFound(path: string): PsError {
  return new PsError(`Cannot find path '${path}' because it does not exist.`, 'PathNotFound');
}
