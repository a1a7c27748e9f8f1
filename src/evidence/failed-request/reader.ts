import { decodeText } from '../../base/text.ts';
import { type FailedRequest, NOT_LOGGED } from '../claims.ts';
import { gather } from '../gather.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { descendants, parseXml, type XmlElement } from '../xml.ts';

/** Failed Request Tracing of IIS (fr000001.xml): the status, and which module set it with which code. */
const reader: EvidenceReader = {
  kind: 'failed-request',
  title: 'trace of a failed request of IIS',
  sniff: (head) => (/<failedRequest[\s>]/.test(decodeText(head)) ? 'certain' : 'no'),
  open: (context) => gather(context, LARGEST, (bytes) => readTrace(decodeText(bytes), context)),
};
export default reader;

/** IIS ends a trace at 512 KB by default. */
const LARGEST = 32 * 2 ** 20;

function readTrace(text: string, context: ReadContext): void {
  const { roots } = parseXml(text);
  const lines = text.split('\n');
  const requests = roots.flatMap((root) =>
    root.name === 'failedRequest' ? [root] : [...descendants(root, 'failedRequest')],
  );
  for (const request of requests) {
    const at = lineLocus(context.source, {
      number: request.line,
      text: (lines[request.line - 1] ?? '').replace(/\r$/, ''),
    });
    const claim = claimOf(request, at);
    if (claim) context.claim(claim);
    else context.note({ at, message: 'a trace without address or status was left out: cut off or damaged' });
    if (!request.closed)
      context.note({ at, message: 'the trace is cut off: which module set the status may be missing' });
  }
  if (requests.length === 0) {
    const message = 'the trace is cut off before its first element ends: copy the file again';
    context.note({ at: { source: context.source }, message });
  }
}

function claimOf(request: XmlElement, at: FailedRequest['at']): FailedRequest | null {
  const url = request.attributes.get('url');
  const [, status, substatus] =
    /^(\d{3})(?:\.(\d{1,3}))?$/.exec(request.attributes.get('statusCode') ?? '') ?? [];
  if (url === undefined || status === undefined) return null;
  const site = Number(request.attributes.get('siteId') ?? Number.NaN);
  const verb = request.attributes.get('verb');
  const setter = statusSetter(request, status);
  const time = firstTime(request);
  return {
    says: 'failed-request',
    url,
    ...(verb === undefined ? {} : { verb }),
    ...(Number.isInteger(site) ? { site } : {}),
    status: Number(status),
    substatus:
      numberOf(setter?.get('HttpSubStatus')) ?? (substatus === undefined ? NOT_LOGGED : Number(substatus)),
    win32: win32Of(setter?.get('ErrorCode')),
    ...(setter?.has('ModuleName') ? { module: setter.get('ModuleName')! } : {}),
    ...(time === undefined ? {} : { time }),
    at,
  };
}

type Data = ReadonlyMap<string, string>;

/** Named data of the last event that set this status: later modules may send the same again as details only. */
function statusSetter(request: XmlElement, status: string): Data | undefined {
  const all = [...descendants(request, 'Event')].map(dataOf);
  const set = all.filter((data) => data.get('HttpStatus') === status && data.has('ModuleName'));
  return set.find((data) => data.get('HttpSubStatus') !== '0') ?? set[0];
}

function dataOf(event: XmlElement): Data {
  const data = event.children.filter((child) => child.name === 'EventData').flatMap((part) => part.children);
  return new Map(
    data.flatMap((one) => {
      const name = one.attributes.get('Name');
      return name === undefined ? [] : [[name, one.text.trim()] as const];
    }),
  );
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;

/** '2148204809', '-2146762487', '0x800b0109', or with words behind: 'Access is denied. (0x5)'. */
function win32Of(text: string | undefined): number {
  if (text === undefined) return NOT_LOGGED;
  const hex = /0x([0-9a-f]{1,8})\b/i.exec(text)?.[1];
  if (hex) return Number.parseInt(hex, 16);
  return /^-?\d{1,10}$/.test(text) ? Number(text) >>> 0 : NOT_LOGGED;
}

/** Of the first event; with an offset or in UTC. */
function firstTime(request: XmlElement): number | undefined {
  for (const created of descendants(request, 'TimeCreated')) {
    const text = created.attributes.get('SystemTime') ?? '';
    const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d:\d\d)$/.exec(text);
    const time = found ? Date.parse(`${found[1]}${found[2] ?? ''}${found[3]}`) : Number.NaN;
    if (!Number.isNaN(time)) return time;
  }
  return undefined;
}
