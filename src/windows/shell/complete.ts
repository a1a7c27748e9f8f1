import { commands } from '../commands/index.ts';
import { acceptedFields, keyForms } from '../commands/netsh/parameters.ts';
import type { Host } from '../host.ts';
import { printKey } from '../http-sys/key.ts';
import { findCmdlet } from '../powershell/bind.ts';
import { cmdlets } from '../powershell/cmdlets/index.ts';
import { SCHANNEL } from '../registry/view.ts';
import { storeNames } from '../stores/held.ts';

/** What the last word of a line may become. */
export function completions(
  line: string,
  host: Host,
): { readonly word: string; readonly fitting: readonly string[] } {
  const words = line.replace(/^.*[|;&]\s*/, '').split(/\s+/);
  const word = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const all = before.length === 0 ? firstWords() : nextWords(before, host);
  const wanted = word.toLowerCase();
  return { word, fitting: all.filter((one) => one.toLowerCase().startsWith(wanted)).toSorted() };
}

export const firstWords = (): string[] => [
  ...Object.keys(commands),
  ...['hostname', 'ver', 'powershell'],
  ...cmdlets.map(({ name }) => name),
];

type Next = (before: readonly string[], host: Host) => readonly string[];

function nextWords([program = '', ...before]: readonly string[], host: Host): readonly string[] {
  const cmdlet = findCmdlet(program);
  if (cmdlet) {
    const names = [...cmdlet.positional, ...(cmdlet.parameters ?? []), ...(cmdlet.switches ?? [])];
    return [...names.map((name) => `-${name}`), ...places(host)];
  }
  const name = program.toLowerCase();
  return Object.hasOwn(NEXT, name) ? NEXT[name]!(before, host) : [];
}

const places = (host: Host): string[] => [
  ...storeNames(host).map((name) => `Cert:\\LocalMachine\\${name}`),
  SCHANNEL.replace(/^HKEY_LOCAL_MACHINE/, 'HKLM:'),
];

const NEXT: Readonly<Record<string, Next>> = {
  netsh: (before, host) => {
    if (before.length === 0) return ['http', 'winhttp'];
    if (before[0] === 'winhttp') return before.length === 1 ? ['show'] : ['proxy'];
    if (before.length === 1) return ['show', 'add', 'update', 'delete'];
    if (before.length === 2) return ['sslcert'];
    const keys = host.bindings.is === 'known' ? host.bindings.value.map(({ key }) => printKey(key)) : [];
    const isWriting = before[1] === 'add' || before[1] === 'update';
    const fields = isWriting ? acceptedFields(host).map((field) => `${field}=`) : [];
    return [...keys, ...keyForms(host).map(({ kind }) => `${kind}=`), ...fields];
  },
  certutil: (before, host) =>
    before.some((word) => /^-(?:store|addstore|delstore)$/i.test(word))
      ? storeNames(host)
      : ['-error', '-store', '-addstore', '-delstore', '-verify', '-dump', '-f', '-v'],
  reg: (before) => {
    if (before.length === 0) return ['query', 'add', 'delete', 'export', 'import'];
    if (before.length === 1) return [SCHANNEL.replace(/^HKEY_LOCAL_MACHINE/, 'HKLM')];
    return ['/v', '/t', '/d', '/f', '/s', '/y', 'SendTrustedIssuerList', 'ClientAuthTrustMode', 'REG_DWORD'];
  },
  appcmd: (before) => {
    if (before.length === 0) return ['list', 'set'];
    return before.length === 1 ? ['site', 'config'] : ['-section:access', '-sslFlags:', '-commit:apphost'];
  },
};
