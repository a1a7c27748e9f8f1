import { known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { BUILDS } from '../windows/builds.ts';
import { oldestColumn } from '../windows/http-sys/fields.ts';
import { field, recordOf } from './endpoint.ts';
import { machineSetting } from './machine-settings.ts';
import { ask, type Question } from './question.ts';

const WANTED_PROTOCOLS =
  'the TLS versions of the host (`reg export HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL`, and `ver`)';

/**
 * 'off': record, SCHANNEL or build exclude TLS 1.3. 'on': it was negotiated there. 'by-default': the build speaks it
 * (2022, 2025, Windows 11), and nobody told that SCHANNEL switches it off.
 */
export type Tls13 = 'off' | 'on' | 'by-default';

export const tls13: Question<Tls13> = (subject) => {
  const off = field(subject, 'disabletls13');
  if (off.is === 'known' && off.value) return known('off', off.because);
  const seen = seenAt(subject);
  if (seen.length > 0) return known('on', seen);
  const protocol = machineSetting(subject, 'schannel.tls13.server.enabled');
  if (protocol?.value === '0') return known('off', [protocol.at]);
  const { build } = subject.host;
  if (build.is === 'known' && !BUILDS[build.value].tls13) return known('off', build.because);
  if (build.is === 'known') return known('by-default', build.because);
  const record = ask(subject, recordOf);
  // Lines that came with 24H2; those of the generation before are also printed by systems without TLS 1.3.
  if (record.is === 'known' && oldestColumn(record.value) === 'E') return known('by-default', record.because);
  return unknown(WANTED_PROTOCOLS);
};

const TLS13 = 0x0304;

/** Handshakes of that version at the port. */
function seenAt({ picture, key }: Parameters<typeof tls13>[0]): Locus[] {
  const port = key ? Number(/(\d+)$/.exec(key.value)?.[1]) : undefined;
  const isHere = (one: { readonly port?: number }) => port === undefined || one.port === port;
  return [
    ...picture.handshakes.filter((one) => isHere(one) && (one.version ?? one.request?.version) === TLS13),
    ...(picture.unread ?? []).filter((one) => isHere(one) && one.version === TLS13),
    ...(picture.requestsInWords ?? []).filter(
      (one) => one.port !== undefined && isHere(one) && one.version === TLS13,
    ),
  ].map(({ at }) => at);
}
