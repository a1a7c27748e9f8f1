import type { ListedCertificate } from '../claims.ts';

/** Property names and values of one certificate as PowerShell prints them. */
export type Properties = ReadonlyMap<string, string>;

/** Whose store, and which, a path of the certificate provider names. */
export interface StorePath {
  readonly of: 'machine' | 'user';
  readonly store: string;
}

/** 'Microsoft.PowerShell.Security\Certificate::LocalMachine\Root[\THUMBPRINT]'. */
export function storePath(text: string): StorePath | undefined {
  const found = /Certificate::(LocalMachine|CurrentUser)\\([^\\\r\n]+)/i.exec(text);
  if (!found) return undefined;
  return { of: found[1]!.toLowerCase() === 'localmachine' ? 'machine' : 'user', store: found[2]!.trim() };
}

/** What of the properties counts; what is cut off with three dots or redacted is left out. */
export function listedOf(properties: Properties): Omit<ListedCertificate, 'at'> {
  const text = (name: string): string | undefined => {
    const value = properties.get(name)?.trim();
    return value && !/(?:\.\.\.|…)$/.test(value) ? value : undefined;
  };
  const thumbprint = text('thumbprint')?.toLowerCase();
  const serial = text('serialnumber')?.toLowerCase();
  const [subject, issuer] = [text('subject'), text('issuer')];
  const key = text('hasprivatekey')?.toLowerCase();
  return {
    ...(thumbprint && /^[0-9a-f]{40}$/.test(thumbprint) ? { thumbprint } : {}),
    ...(subject ? { subject } : {}),
    ...(issuer ? { issuer } : {}),
    ...(serial && /^[0-9a-f]+$/.test(serial) ? { serial } : {}),
    ...optional('notBefore', text('notbefore')),
    ...optional('notAfter', text('notafter')),
    ...(key === 'true' || key === 'false' ? { hasKey: key === 'true' } : {}),
    ...(subject && issuer ? { root: subject === issuer } : {}),
    ...usagesIn(text('enhancedkeyusagelist')),
  };
}

/** '{Client Authentication (1.3.6.1.5.5.7.3.2), …}'; empty braces for a certificate without the extension. */
function usagesIn(list: string | undefined): { usages?: string[] | null } {
  if (list === undefined || !/^\{.*\}$/.test(list) || /(?:\.\.\.|…)/.test(list)) return {};
  const usages = [...list.matchAll(/\((\d+(?:\.\d+)+)\)/g)].map(([, oid]) => oid!);
  return { usages: usages.length > 0 ? usages : null };
}

const optional = <N extends string>(name: N, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [K in N]?: string };
