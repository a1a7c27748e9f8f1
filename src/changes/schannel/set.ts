import { becauseOf, type Known } from '../../base/known.ts';
import { printLocus } from '../../base/locus.ts';
import type { Host, Schannel } from '../../windows/host.ts';
import { SCHANNEL_KEY } from '../../windows/schannel/registry.ts';
import type { SetSchannel } from '../change.ts';
import type { PlannedChange } from '../planned.ts';

const LEAVES: Readonly<Record<SetSchannel['name'], keyof Schannel>> = {
  SendTrustedIssuerList: 'sendTrustedIssuerList',
  ClientAuthTrustMode: 'clientAuthTrustMode',
};

/** Sets one value under the SCHANNEL key; it counts for every record of the host (domain 4.1, 10.4). */
export function planSetSchannel({ name, value }: SetSchannel, host: Host): PlannedChange {
  const before = host.schannel[LEAVES[name]];
  return {
    title: `Set ${name} to ${value}`,
    commands: [regAdd(name, value)],
    undo:
      before.is === 'known'
        ? [before.value === undefined ? regDelete(name) : regAdd(name, before.value)]
        : [],
    notes: [
      'it counts for every TLS server of the host that goes through Schannel',
      'it may take a restart of the host before it takes effect (domain 4.1 [RIA][JPAZ])',
    ],
    refusals: unread(name, before),
  };
}

function unread(name: string, before: Known<unknown>): string[] {
  if (before.is === 'known') return [];
  if (before.is === 'unknown')
    return [`${name} was not read, so it could not be put back: collect ${before.wants}`];
  return [`${name} is disputed: ${becauseOf(before).map(printLocus).join(' against ')}`];
}

function regAdd(name: string, value: number): string[] {
  return ['reg', 'add', SCHANNEL_KEY, '/v', name, '/t', 'REG_DWORD', '/d', String(value), '/f'];
}

function regDelete(name: string): string[] {
  return ['reg', 'delete', SCHANNEL_KEY, '/v', name, '/f'];
}
