import { type Host, store } from '../../host.ts';
import type { BindingKey } from '../../http-sys/binding.ts';
import type { FieldValues } from '../../http-sys/record.ts';
import { DEFAULT_CERTIFICATE_STORE } from '../../stores/names.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { failed, incorrect, wrongSyntax } from './messages.ts';
import { parseArguments } from './parse.ts';

/** What `add` and `update` have in common: their arguments and what netsh refuses in them. */
export interface Written {
  readonly key: BindingKey;
  readonly values: FieldValues & { readonly appid: string };
}

/** The arguments, or netsh's refusal of them. */
export function readWritten(
  verb: 'add' | 'update',
  argv: readonly string[],
  host: Host,
): Written | CommandResult {
  const parsed = parseArguments(argv, host, 'all');
  if (parsed.is === 'syntax') return wrongSyntax(verb, host);
  if (parsed.is === 'hidden-character') return failed(verb, 1312, host);
  if (parsed.is === 'incorrect') return incorrect(host);
  const { key, values } = parsed;
  const { appid } = values;
  if (!key || appid === undefined) return wrongSyntax(verb, host);
  // Required for host names by the help text (domain 1.1); the central stores have neither hash nor store.
  if (key.kind === 'hostnameport' && values.certstorename === undefined) return wrongSyntax(verb, host);
  if (isCentral(key) && (values.certhash !== undefined || values.certstorename !== undefined))
    return incorrect(host);
  return { key, values: { ...values, appid } };
}

export const isRefusal = (read: Written | CommandResult): read is CommandResult => 'exitCode' in read;

export const isCentral = (key: BindingKey): boolean => key.kind === 'ccs' || key.kind === 'scopedccs';

/**
 * Error 1312: the store lacks the certificate, or the machine its key. A store that was never read refuses nothing.
 */
export function lacksCertificate(
  host: Host,
  { certhash, certstorename }: FieldValues,
  { hasKey }: CommandContext = {},
): boolean {
  const held = store(host, certstorename ?? DEFAULT_CERTIFICATE_STORE);
  if (certhash === undefined || held.is !== 'known') return false;
  const isHeld = held.value.some((one) => one.thumbprint.toLowerCase() === certhash);
  return !isHeld || hasKey?.(certhash) === false;
}

/** Evidence of a value that a command wrote on the model. */
export function foreseen(verb: 'add' | 'update', argv: readonly string[]) {
  return [{ source: `foreseen: netsh http ${verb} sslcert ${argv.join(' ')}` }];
}
