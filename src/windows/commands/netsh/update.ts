import { answerOf } from '../../../base/known.ts';
import { bindingByKey, type Host, withBinding } from '../../host.ts';
import type { BindingField, SslBinding } from '../../http-sys/binding.ts';
import { isBindingField } from '../../http-sys/fields.ts';
import { defaultOf, type FieldValues, withFields } from '../../http-sys/record.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { done, failed, incorrect } from './messages.ts';
import { foreseen, isCentral, isRefusal, lacksCertificate, readWritten } from './written.ts';

/** `netsh http update sslcert`: writes the given fields of an existing record. */
export function updateSslcert(
  argv: readonly string[],
  host: Host,
  context: CommandContext = {},
): CommandResult {
  const written = readWritten('update', argv, host);
  if (isRefusal(written)) return written;
  const { key, values } = written;
  const before = answerOf(bindingByKey(host, key));
  if (!before) return failed('update', 2, host);
  if (!isCentral(key) && values.certhash === undefined && !hasHash(before)) return incorrect(host);
  const because = foreseen('update', argv);
  const reset = resets(host, before, values) ? omittedDefaults(before, values) : {};
  const after = withFields(before, { ...reset, ...values }, because);
  const store = after.fields.certstorename;
  const certstorename = store?.is === 'known' ? store.value : undefined;
  const isTold = store?.is === 'known' && values.certhash !== undefined;
  if (isTold && lacksCertificate(host, { certhash: values.certhash, certstorename }, context))
    return failed('update', 1312, host);
  return done('update', withBinding(host, after));
}

const hasHash = ({ fields }: SslBinding): boolean =>
  fields.certhash?.is !== 'known' || fields.certhash.value !== undefined;

/** Hypothesis update-omitted-fields, read only where a field that is omitted is not at its default. */
function resets(host: Host, before: SslBinding, values: FieldValues): boolean {
  const differs = omitted(before, values).some((name) => {
    const leaf = before.fields[name];
    return leaf?.is !== 'known' || leaf.value !== defaultOf(name);
  });
  return differs && host.assume.variant('update-omitted-fields') === 'resets';
}

function omittedDefaults(before: SslBinding, values: FieldValues): FieldValues {
  return Object.fromEntries(omitted(before, values).map((name) => [name, defaultOf(name)]));
}

/**
 * Fields of the record that the command leaves out. The certificate is no policy: a guide updates usagecheck
 * alone and its site goes on (domain 1.4 [RIA]), so without a hash the hash and its store stay.
 */
function omitted(before: SslBinding, values: FieldValues): BindingField[] {
  const keepsCertificate = values.certhash === undefined;
  return Object.keys(before.fields).filter((name): name is BindingField => {
    if (!isBindingField(name) || name in values) return false;
    return !(keepsCertificate && (name === 'certhash' || name === 'certstorename'));
  });
}
