import { knownStore } from '../../windows/stores/names.ts';

/** What the name of a file tells of the store that it holds. */
export interface NamedStore {
  /** As Windows spells it. */
  readonly store: string;
  /** Whose it is: 'WEB01_Root.p7b'. */
  readonly host?: string;
  /** The file itself is named so, not only its folder. */
  readonly byFile: boolean;
  /** A short everyday name alone (`ca.pem`, `Root.cer`): the content has to look like a store as well. */
  readonly doubtful: boolean;
}

/** Names that files have for other reasons: `Issuing-CA.cer` is no export of the store CA. */
const EVERYDAY: readonly string[] = ['My', 'Root', 'CA', 'Trust'];

/**
 * 'ClientAuthIssuer.p7b', 'LocalMachine-Root.p7b', 'WEB01_CA.pem', or a folder of such a name; else null. A folder
 * counts only in the spelling of Windows: PKI folders are called ca and root everywhere.
 */
export function namedStore(path: string): NamedStore | null {
  const parts = path.split(/[\\/]/);
  const file = (parts.at(-1) ?? '').replace(/\.(?:cer|crt|der|pem|p7b|p7c|sst|b64|txt)$/i, '');
  const whole = knownStore(file);
  if (whole) return { store: whole, byFile: true, doubtful: EVERYDAY.includes(whole) };
  const prefixed = prefixedStore(file);
  if (prefixed) return prefixed;
  const folder = parts.at(-2) ?? '';
  return knownStore(folder) === folder ? { store: folder, byFile: false, doubtful: false } : null;
}

/** The location before the name, a computer's name, or both. */
function prefixedStore(file: string): NamedStore | null {
  const [, prefix = '', name = ''] = /^(.+)[-_. ]([^-_. ]+)$/.exec(file) ?? [];
  const location = /(?:^|[-_. ])local[-_ ]?machine$/i;
  // A store that someone made himself has any name; beside the location it can be nothing else.
  const [, own] = /^local[-_]?machine-(.+)$/i.exec(file) ?? [];
  if (own && !knownStore(own)) return { store: own, byFile: true, doubtful: false };
  const store = knownStore(name);
  if (!store) return null;
  const host = prefix.replace(location, '').replace(/(?:^|[-_. ])cert$/i, '');
  const located = location.test(prefix);
  const isHost = /^[A-Za-z][A-Za-z0-9-]{0,14}$/.test(host);
  // Host names of servers have a number as a rule; `Issuing_CA` and `Company Root` have none.
  const certain = located || !EVERYDAY.includes(store) || (/\d/.test(host) && name === store);
  return certain ? { store, byFile: true, doubtful: false, ...(isHost ? { host } : {}) } : null;
}
