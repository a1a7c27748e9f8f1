import { known } from '../../base/known.ts';
import { decodeText } from '../../base/text.ts';
import {
  BINDING_FIELDS,
  type BindingKey,
  type BindingKind,
  type FieldRow,
} from '../../windows/http-sys/binding.ts';
import { endpointOf } from '../../windows/http-sys/key.ts';
import { gather } from '../gather.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';

/**
 * `netsh http show sslcert json=enable`. The command is documented, its output is not, and no public sample of it was
 * found (domain 1.4): *unverified*. So nothing is taken from positions or structure: an object is a record when a
 * property names its key, and of its properties those count whose name is that of a parameter of netsh or of a line of
 * its listing. That a listing is whole is never claimed, nor that a field which is missing is unset.
 */
const reader: EvidenceReader = {
  kind: 'netsh-json',
  title: 'JSON of netsh http show sslcert',
  sniff(head) {
    const text = decodeText(head);
    return /^\s*[[{]/.test(text) && HASH.test(text) && KEY.test(text) ? 'likely' : 'no';
  },
  open: (context) => gather(context, LARGEST, (bytes) => readJson(decodeText(bytes), context)),
};
export default reader;

const LARGEST = 32 * 2 ** 20;
const HASH = /"(?:ssl\s?)?cert(?:ificate)?\s?hash"\s*:\s*"[0-9a-f]{40}"/i;
const KEY =
  /"(?:ip\s?:?\s?port|host\s?name\s?:?\s?port|ccs(?:\s?:?\s?port)?|scoped\s?ccs(?:\s?:?\s?port)?)"\s*:/i;
const DEEPEST = 16;

const TEXT_AS_WELL = 'give the text as well: netsh http show sslcert';

function readJson(text: string, context: ReadContext): void {
  const at = { source: context.source };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.note({ at, message: `no whole JSON document: it is cut or damaged; ${TEXT_AS_WELL}` });
    return;
  }
  const records = recordsIn(json, 0);
  for (const record of records) claimRecord(record, context);
  const what =
    records.length === 0
      ? 'no record was recognised in it'
      : 'what stands under the names that netsh uses is taken from it, and that it is whole is not';
  context.note({
    at,
    message: `the form of this JSON is described nowhere: ${what}; ${TEXT_AS_WELL}`,
  });
}

interface RecordFound {
  readonly key: BindingKey;
  readonly values: readonly (readonly [name: string, value: unknown])[];
}

/** Objects that name a key, wherever they stand. */
function recordsIn(json: unknown, depth: number): RecordFound[] {
  if (typeof json !== 'object' || json === null || depth > DEEPEST) return [];
  if (!Array.isArray(json)) {
    const values = Object.entries(json).map(([name, value]) => [folded(name), value] as const);
    const key = values.flatMap(([name, value]) => keyOf(name, value) ?? [])[0];
    if (key) return [{ key, values }];
  }
  return Object.values(json).flatMap((inner) => recordsIn(inner, depth + 1));
}

/** 'Certificate Hash', 'certificateHash' and 'certificate_hash' are one name. */
const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const KINDS: Readonly<Record<string, BindingKind>> = {
  ipport: 'ipport',
  hostnameport: 'hostnameport',
  ccs: 'ccs',
  ccsport: 'ccs',
  scopedccs: 'scopedccs',
  scopedccsport: 'scopedccs',
};

function keyOf(name: string, value: unknown): BindingKey | null {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined || (typeof value !== 'string' && typeof value !== 'number')) return null;
  const key = { kind, value: String(value).trim() };
  return endpointOf(key) ? key : null;
}

function claimRecord({ key, values }: RecordFound, { source, claim }: ReadContext): void {
  const at = { source, text: `${key.kind}=${key.value}` };
  claim({ says: 'binding', key, at });
  for (const row of BINDING_FIELDS) {
    const names = [folded(row.name), folded(row.label)];
    const found = values.find(([name]) => names.includes(name));
    const value = found && readValue(row.shape, found[1]);
    if (value !== undefined && value !== null)
      claim({ says: 'binding-field', key, field: row.name, value: known(value, [at]), at });
  }
}

/** null where the value has not the shape of the field: absent, empty and '(null)' say nothing here. */
function readValue(shape: FieldRow['shape'], value: unknown): string | number | boolean | null {
  const text = typeof value === 'string' ? value.trim() : null;
  switch (shape) {
    case 'hash':
      return text !== null && /^[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : null;
    case 'guid': {
      const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(text ?? '')?.[1];
      return guid ? `{${guid.toLowerCase()}}` : null;
    }
    case 'number':
      if (text !== null) return /^\d{1,10}$/.test(text) ? Number(text) : null;
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
    case 'text':
      return text && text !== '(null)' ? text : null;
    default:
      return flagOf(typeof value === 'boolean' ? String(value) : (text ?? ''));
  }
}

function flagOf(text: string): boolean | null {
  if (/^(?:true|enabled?|set)$/i.test(text)) return true;
  return /^(?:false|disabled?|not set)$/i.test(text) ? false : null;
}
