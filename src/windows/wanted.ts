import { spelledStore } from './stores/names.ts';

/** What would tell an unknown leaf, as a thing to collect: the texts behind every "cannot tell". */
export const WANTED = {
  build: 'the Windows version of the host (output of `ver` or `systeminfo`)',
  bindings: 'output of `netsh http show sslcert`',
  schannel: 'export of HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL (`reg export`)',
  sites: '%windir%\\System32\\inetsrv\\config\\applicationHost.config',
  wire: 'the list on the wire (`handclasp why https://HOST:PORT/`)',
} as const;

export function wantedStore(name: string): string {
  const spelled = spelledStore(name);
  return `contents of the machine store ${spelled}, exported as ${spelled}.p7b`;
}
