import { decodeText } from '../../base/text.ts';
import type { HandshakeSeen } from '../claims.ts';
import { gather } from '../gather.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { readProbe } from './read-probe.ts';

/** Probes saved by `handclasp why --json` (report/why.ts): what a server asked for on the wire. */
const reader: EvidenceReader = {
  kind: 'probe',
  title: 'probe saved by handclasp',
  sniff(head) {
    const text = decodeText(head);
    if (!/^\s*[{[]/.test(text)) return 'no';
    return /"schema"\s*:\s*"handclasp\/(?:why|probe)\/\d+"/.test(text) ? 'certain' : 'no';
  },
  open: (context) => gather(context, LARGEST, (bytes) => readDocument(decodeText(bytes), context)),
};
export default reader;

const LARGEST = 32 * 2 ** 20;
const AGAIN = 'save it again: handclasp why --json https://HOST:PORT/ > probe.json';

function readDocument(text: string, context: ReadContext): void {
  const whole = text.replace(/^\ufeff/, '');
  const json = parse(whole);
  const lines = whole.split(/\r?\n/);
  if (json !== undefined) readProbes(json, context, '');
  else if (lines.slice(0, -1).some((line) => parse(line) !== undefined)) readLines(lines, context);
  else noteDamage(context, undefined);
}

/** `why --targets` writes one document a line. */
function readLines(lines: readonly string[], context: ReadContext): void {
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const one = parse(line);
    if (one === undefined) noteDamage(context, i + 1);
    else readProbes(one, context, `line ${i + 1}: `);
  }
}

/** undefined for what is no JSON; the engine's own words differ from one version of Node to the next. */
function parse(text: string): unknown {
  // An exception for each of many empty lines would take its time.
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noteDamage(context: ReadContext, line: number | undefined): void {
  const message = `no whole JSON document: it is damaged or cut off; ${AGAIN}`;
  context.note({ at: { source: context.source, ...(line === undefined ? {} : { line }) }, message });
}

function readProbes(json: unknown, context: ReadContext, before: string): void {
  const { source } = context;
  const probes = probesIn(json);
  if (!probes) {
    const message = `${before}a schema that this version does not know: update Handclasp, or ${AGAIN}`;
    context.note({ at: { source }, message });
    return;
  }
  for (const [i, probe] of probes.entries()) {
    const place = probes.length > 1 ? `probes[${i}]` : 'probe';
    const read = readProbe(probe, place, source);
    for (const message of read.notes) context.note({ at: { source }, message: `${before}${message}` });
    for (const handshake of read.handshakes) context.claim(handshake satisfies HandshakeSeen);
  }
}

/** The probes of either document; null when it is none of them. */
function probesIn(json: unknown): readonly unknown[] | null {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null || !('schema' in json)) return null;
  if (json.schema === 'handclasp/probe/1') return [json];
  if (json.schema !== 'handclasp/why/1' || !('probes' in json)) return null;
  return Array.isArray(json.probes) ? json.probes : null;
}
