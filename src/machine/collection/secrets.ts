/**
 * Secrets in IIS and ASP.NET configuration, as regular expressions that .NET and JavaScript read alike, without regard
 * to case; the PowerShell script has the same ones. Better too much than too little: no value that they take bears on
 * certificate logon.
 */
const REMOVED = '[removed]';

const NAMES =
  'password|passwd|pwd|passphrase|secret|apikey|api[_-]key|privatekey|validationkey|decryptionkey|sessionkey|connectionstring|credentials?|(?:access|auth|bearer|refresh)[_-]?token';
const VALUE = `(?:"[^"]*"|'[^']*')`;

export const SECRETS: readonly { readonly pattern: string; readonly with: string }[] = [
  // password="…", sqlConnectionString="…", validationKey="…"
  { pattern: `([\\w.:-]*(?:${NAMES})[\\w.:-]*\\s*=\\s*)${VALUE}`, with: `$1"${REMOVED}"` },
  // <add key="…" value="…"> of appSettings, and environment variables: whatever their names are.
  {
    pattern: `(<add\\b[^>]*?\\bkey\\s*=\\s*${VALUE}[^>]*?\\bvalue\\s*=\\s*)${VALUE}`,
    with: `$1"${REMOVED}"`,
  },
  { pattern: `(<add\\b[^>]*?\\bvalue\\s*=\\s*)${VALUE}(?=[^>]*\\bkey\\s*=)`, with: `$1"${REMOVED}"` },
  { pattern: `(<environmentVariable\\b[^>]*?\\bvalue\\s*=\\s*)${VALUE}`, with: `$1"${REMOVED}"` },
  // <add name="X-Api-Key" value="…"> of headers.
  {
    pattern: `(<add\\b[^>]*?\\bname\\s*=\\s*(?:"[^"]*(?:key|token|auth|cookie|${NAMES})[^"]*"|'[^']*(?:key|token|auth|cookie|${NAMES})[^']*')[^>]*?\\bvalue\\s*=\\s*)${VALUE}`,
    with: `$1"${REMOVED}"`,
  },
  // Inside other values: '…;Password=…;…'.
  { pattern: '\\b((?:password|pwd)\\s*=\\s*)[^;"\'<>&\\s]+', with: `$1${REMOVED}` },
  // <password>…</password>, and sections that are encrypted as a whole.
  { pattern: `(<([\\w.:-]*(?:${NAMES})[\\w.:-]*)(?:\\s[^>]*)?>)[^<]+(?=</)`, with: `$1${REMOVED}` },
  { pattern: '(<CipherValue>)[^<]*', with: `$1${REMOVED}` },
];

const COMPILED = SECRETS.map((one) => ({ pattern: new RegExp(one.pattern, 'gi'), with: one.with }));

export function withoutSecrets(text: string): string {
  return COMPILED.reduce((left, one) => left.replace(one.pattern, one.with), text);
}
