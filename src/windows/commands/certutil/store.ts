import { answerOf, Unanswered } from '../../../base/known.ts';
import { heldIn, storeHeading } from '../../stores/held.ts';
import type { CommandResult } from '../command.ts';
import { findCertificates } from './find.ts';
import { listed } from './listing.ts';
import { completed, failed, type Said, wrongCount } from './messages.ts';
import { verbose } from './verbose.ts';

/** Stores of the machine's own place; the other places are not in the model. */
export function refuseOtherPlaces(switches: ReadonlySet<string>): void {
  for (const [name, what] of [
    ['user', 'the stores of a user'],
    ['enterprise', 'the stores of the enterprise: it is in no domain'],
    ['grouppolicy', 'stores of group policy'],
  ] as const)
    if (switches.has(name))
      throw new Unanswered(`what certutil -${name} finds: the lab does not keep ${what}`);
}

/** `certutil [-v] -store [STORE [CERTID [FILE]]]`; without a name it lists CA. */
export function store(said: Said, args: readonly string[], switches: ReadonlySet<string>): CommandResult {
  refuseOtherPlaces(switches);
  const [name = 'CA', id, file, ...more] = args;
  if (more.length > 0) return wrongCount(said, 'no more than 3', args.length);
  const held = answerOf(heldIn(said.host, name));
  if (!held) return failed(said, 'noFile');
  // As typed: `certutil -store my` heads its list with `my`.
  const heading = storeHeading(name, said.context.language);
  const found = findCertificates(held, id);
  if (found.length === 0 && id !== undefined) return failed(said, 'notFound', [heading]);
  const print = switches.has('v') ? verbose : listed;
  const blocks = found.map(({ number, one }) => print(said, number, one));
  const text = [heading, ...blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block]))];
  const [first] = found;
  // A file gets the certificate itself, DER; several do not fit into one.
  if (file === undefined || !first) return completed(said, text);
  if (found.length > 1) return failed(said, 'badParameter', text);
  return completed(said, text, [{ name: file, bytes: first.one.certificate.der }]);
}
