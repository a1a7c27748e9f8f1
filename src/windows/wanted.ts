import { spelledStore } from './stores/names.ts';

/** What would tell an unknown leaf, as a thing to collect: the texts behind every "cannot tell". */
export const WANTED = {
  build: 'the Windows version of the host (output of `ver` or `systeminfo`)',
  bindings: 'output of `netsh http show sslcert`',
  schannel: 'export of HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL (`reg export`)',
  sites: '%windir%\\System32\\inetsrv\\config\\applicationHost.config',
  log: 'the W3C log of the site (%SystemDrive%\\inetpub\\logs\\LogFiles\\W3SVC<id>\\u_ex*.log)',
  wire: 'the list on the wire (`handclasp why https://HOST:PORT/`)',
} as const;

export function wantedStore(name: string): string {
  const spelled = spelledStore(name);
  return `contents of the machine store ${spelled}, exported as ${spelled}.p7b`;
}

/** The same by its name in a bundle's manifest: 'bindings', 'store:Root'; undefined for what no question asks for. */
export function wantOf(answers: string): string | undefined {
  const [, store] = /^store:(.+)$/.exec(answers) ?? [];
  if (store) return wantedStore(store);
  return Object.hasOwn(WANTED, answers) ? WANTED[answers as keyof typeof WANTED] : undefined;
}
