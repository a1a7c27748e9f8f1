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
  const { source } = context;
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The engine's own words differ from one version of Node to the next.
    context.note({ at: { source }, message: `no whole JSON document: it is damaged or cut off; ${AGAIN}` });
    return;
  }
  const probes = probesIn(json);
  if (!probes) {
    const message = `a schema that this version does not know: update Handclasp, or ${AGAIN}`;
    context.note({ at: { source }, message });
    return;
  }
  for (const [i, probe] of probes.entries()) {
    const place = probes.length > 1 ? `probes[${i}]` : 'probe';
    const read = readProbe(probe, place, source);
    for (const message of read.notes) context.note({ at: { source }, message });
    if (read.handshake) context.claim(read.handshake satisfies HandshakeSeen);
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
