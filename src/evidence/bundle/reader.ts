import { Unfit } from '../../base/json.ts';
import { decodeText } from '../../base/text.ts';
import { buildOf } from '../../windows/builds.ts';
import { wantOf } from '../../windows/wanted.ts';
import { gather } from '../gather.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import {
  MANIFEST_NAME,
  MANIFEST_SCHEMA,
  type Manifest,
  type ManifestItem,
  readManifest,
} from './manifest.ts';

/** The manifest of a bundle of `handclasp collect`: whose the files beside it are, when they were taken, what failed. */
const reader: EvidenceReader = {
  kind: 'bundle',
  title: 'manifest of a bundle of handclasp collect',
  sniff(head, name) {
    const text = decodeText(head);
    // A script may write the schema behind a long list.
    if (name.split('/').at(-1) === MANIFEST_NAME && /^\s*\{/.test(text)) return 'certain';
    return /^\s*\{/.test(text) && /"schema"\s*:\s*"handclasp\/bundle\/\d+"/.test(text) ? 'certain' : 'no';
  },
  open: (context) => gather(context, LARGEST, (bytes) => read(decodeText(bytes), context)),
};
export default reader;

const LARGEST = 32 * 2 ** 20;

function read(text: string, context: ReadContext): void {
  const at = { source: context.source };
  const manifest = parse(text);
  if (typeof manifest === 'string') {
    context.note({ at, message: manifest });
    return;
  }
  const takenAt = Date.parse(manifest.takenAt ?? '');
  context.claim({
    says: 'bundle',
    ...(manifest.host ? { host: manifest.host } : {}),
    ...(Number.isNaN(takenAt) ? {} : { takenAt }),
    ...(manifest.utcOffset === undefined ? {} : { utcOffset: manifest.utcOffset }),
    redacted: manifest.redacted === true,
    files: manifest.items.flatMap((item) =>
      item.files.map(({ name }) => ({ name, kind: item.kind ?? null })),
    ),
    at,
  });
  if (manifest.host) context.claim({ says: 'host-name', name: manifest.host, at });
  const build = manifest.os && buildOf(manifest.os.build);
  if (build && /^Server/i.test(manifest.os?.installationType ?? ''))
    context.claim({ says: 'build', build, at });
  for (const item of manifest.items) if (hasFailed(item)) claimFailure(item, context);
  if (manifest.elevated === false)
    context.note({ at, message: 'collected without administrative rights: run it again as administrator' });
  for (const message of manifest.notes ?? []) context.note({ at, message });
}

/** The document, or what is wrong with it. */
function parse(text: string): Manifest | string {
  try {
    const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    const schema = (json as { schema?: unknown }).schema;
    if (schema === MANIFEST_SCHEMA) return readManifest(json, 'manifest');
    return `${String(schema)}: a manifest that this version does not know: update Handclasp; the files beside it were read`;
  } catch (error) {
    const why = error instanceof Unfit ? error.message : 'it is damaged or cut off';
    return `no whole manifest (${why}): the files beside it were read, whose they are and what failed is not known`;
  }
}

/** An exit code alone proves little: netsh may say 0 and have done nothing, certutil may fail with a whole list. */
function hasFailed({ exitCode = 0, error, files, mayBeAbsent }: ManifestItem): boolean {
  if (mayBeAbsent) return false;
  return error !== undefined || files.length === 0 || (exitCode !== 0 && files.every((one) => !one.bytes));
}

function claimFailure({ id, command, exitCode, error, answers }: ManifestItem, context: ReadContext): void {
  const code = exitCode === undefined ? [] : [`exit code ${exitCode}`];
  const problem = [command, ...code, ...(error ? [error.trim()] : [])].join(': ');
  const wants = answers === undefined ? undefined : wantOf(answers);
  context.claim({
    says: 'not-collected',
    item: id,
    ...(wants === undefined ? {} : { wants }),
    problem: problem === '' ? 'nothing came of it' : problem,
    at: { source: context.source },
  });
}
