import { Unanswered } from '../../../base/known.ts';
import type { CommandResult } from '../command.ts';
import { listed } from './listing.ts';
import { completed, failed, type Said, wrongCount } from './messages.ts';
import { readCertificates } from './read-certificates.ts';
import { whole } from './verbose.ts';

/** `certutil -dump FILE`: a certificate at length, several in short. What else certutil dumps is not modelled. */
export function dump(said: Said, args: readonly string[]): CommandResult {
  const [file, ...more] = args;
  if (file === undefined) return wrongCount(said, 'at least 1', 0);
  if (more.length > 0) return wrongCount(said, 'no more than 1', args.length);
  if (!said.context.read || !said.context.digest)
    throw new Unanswered(`what is in ${file}: the file is not at hand`);
  const bytes = said.context.read(file);
  if (!bytes) return failed(said, 'noFile');
  const found = readCertificates(bytes, said.context);
  if (!found) return failed(said, 'badData');
  const [only] = found;
  if (found.length === 1 && only) return completed(said, whole(said, only));
  return completed(
    said,
    found.flatMap((one, number) => [...listed({ ...said, context: withoutKeys(said) }, number, one), '']),
  );
}

/** Of certificates in a file nothing is said about keys. */
function withoutKeys({ context }: Said): Said['context'] {
  const { hasKey: _, ...rest } = context;
  return rest;
}
