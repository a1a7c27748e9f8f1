import { type Answered, hostOf, pathOf } from './answered.ts';

/** Longer objects are no line of an access log. */
const LONGEST = 1 << 16;
/** A request, the TLS of a request. */
const DEEPEST = 3;

const NAMES: Readonly<Record<Exclude<keyof Answered, 'program'>, readonly string[]>> = {
  status: ['status', 'statuscode', 'downstreamstatus', 'responsecode', 'responsestatus', 'httpstatus'],
  host: ['host', 'httphost', 'requesthost', 'authority', 'servername', 'vhost'],
  path: ['uri', 'requesturi', 'path', 'requestpath', 'request', 'url', 'xenvoyoriginalpath'],
  peer: ['remoteip', 'remoteaddr', 'clientip', 'clienthost', 'clientaddr', 'downstreamremoteaddress'],
  verified: ['sslclientverify', 'clientverify', 'verify'],
  subject: [
    'clientcommonname',
    'sslclientsdn',
    'sslclientsdncn',
    'downstreampeersubject',
    'tlsclientsubject',
  ],
};

/**
 * Caddy, Traefik and Envoy as JSON, and the formats that nginx and HAProxy are given: a status, and a request with
 * its path. Names are compared without case and punctuation.
 */
export function answeredInJson(line: string): Answered | null {
  if (!/status|response_code/i.test(line)) return null;
  const values = valuesOf(line);
  // A saved probe; an error of Caddy, whose words say more (evidence/phrases).
  if (values.has('schema') || values.get('logger') === 'http.log.error') return null;
  const of = (name: keyof typeof NAMES): string | undefined =>
    NAMES[name].map((one) => values.get(one)).find((one) => one !== undefined && !/^-?$/.test(one));
  const status = Number(of('status'));
  const request = of('path');
  if (!(status >= 100 && status < 600) || request === undefined) return null;
  const path = pathOf(request) ?? pathOf(request.split(' ')[1]);
  const [host, peer] = [hostOf(of('host')), of('peer')?.replace(/^\[?([^\]]*?)\]?(?::\d+)?$/, '$1')];
  const [verified, subject] = [of('verified'), of('subject')];
  const program = programOf(values);
  return {
    status,
    ...(program === undefined ? {} : { program }),
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    ...(peer === undefined ? {} : { peer }),
    ...(verified === undefined ? {} : { verified }),
    ...(subject === undefined ? {} : { subject }),
  };
}

function programOf(values: ReadonlyMap<string, string>): string | undefined {
  if (values.get('logger')?.startsWith('http.log')) return 'Caddy';
  if (values.has('downstreamstatus')) return 'Traefik';
  return values.has('responseflags') ? 'Envoy' : undefined;
}

/** Values by their names in lower case without punctuation, inner objects' as well; what comes first stays. */
function valuesOf(line: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (line.length <= LONGEST) collect(parsed(line), values, 0);
  return values;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function collect(value: unknown, values: Map<string, string>, depth: number): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const inner: unknown[] = [];
  for (const [name, one] of Object.entries(value)) {
    const plain = name.toLowerCase().replace(/[^a-z\d]/g, '');
    if (typeof one === 'object') inner.push(one);
    else if (!values.has(plain)) values.set(plain, String(one));
  }
  if (depth < DEEPEST) for (const one of inner) collect(one, values, depth + 1);
}
