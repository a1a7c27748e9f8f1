import { answerOf } from '../../../base/known.ts';
import type { Locus } from '../../../base/locus.ts';
import { BUILDS } from '../../builds.ts';
import { bindingByKey, type Host, withBinding } from '../../host.ts';
import type { BindingKey, NetshColumn, SslBinding } from '../../http-sys/binding.ts';
import { oldestColumn } from '../../http-sys/fields.ts';
import { sameKey } from '../../http-sys/key.ts';
import { newRecord } from '../../http-sys/record.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { done, failed, incorrect } from './messages.ts';
import { foreseen, isCentral, isRefusal, lacksCertificate, readWritten, type Written } from './written.ts';

/** `netsh http add sslcert`: a new record, every field that is not given at its default. Never overwrites. */
export function addSslcert(argv: readonly string[], host: Host, context: CommandContext = {}): CommandResult {
  const written = readWritten('add', argv, host);
  if (isRefusal(written)) return written;
  const { key, values } = written;
  // A listing that may lack records does not speak against a new one.
  const before = bindingKnown(host, key);
  if (before) return failed('add', 183, host);
  if (!isCentral(key) && values.certhash === undefined) return incorrect(host);
  if (lacksCertificate(host, values, context)) return failed('add', 1312, host);
  return done('add', withBinding(host, record(host, written, foreseen('add', argv))));
}

function bindingKnown(host: Host, key: BindingKey): SslBinding | undefined {
  if (host.bindings.is !== 'unknown') return answerOf(bindingByKey(host, key));
  return host.partialBindings?.find((one) => sameKey(one.key, key));
}

function record(host: Host, { key, values }: Written, because: readonly Locus[]): SslBinding {
  return newRecord(key, columnOf(host), values, because);
}

/** The build, else what the host's other records show, else the oldest form and what was given. */
function columnOf(host: Host): NetshColumn {
  if (host.build.is === 'known') return BUILDS[host.build.value].netshColumn;
  const records = host.bindings.is === 'unknown' ? (host.partialBindings ?? []) : answerOf(host.bindings);
  const columns = records.map(oldestColumn).toSorted();
  return columns.at(-1) ?? 'A';
}
