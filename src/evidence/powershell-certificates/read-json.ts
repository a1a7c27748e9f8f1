import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import { type Properties, type StorePath, storePath } from './fields.ts';

export interface FromJson {
  readonly path: StorePath | undefined;
  readonly properties: Properties;
  /** DER, where RawData was kept. */
  readonly der: Uint8Array | null;
}

/** Certificates of `Get-ChildItem Cert:… | ConvertTo-Json`; null for other JSON. */
export function certificatesInJson(text: string): FromJson[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  const list = Array.isArray(json) ? json : [json];
  const objects = list.filter(
    (one): one is Record<string, unknown> =>
      typeof one === 'object' && one !== null && ('Thumbprint' in one || 'RawData' in one),
  );
  return objects.length > 0 ? objects.map(certificateIn) : null;
}

function certificateIn(object: Record<string, unknown>): FromJson {
  const properties = new Map<string, string>();
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === 'string' || typeof value === 'boolean')
      properties.set(name.toLowerCase(), dated(`${value}`));
  }
  const path = storePath(properties.get('psparentpath') ?? properties.get('pspath') ?? '');
  return { path, properties, der: bytesIn(object.RawData) };
}

/** Windows PowerShell writes times as /Date(milliseconds)/. */
function dated(text: string): string {
  const ticks = /^\/Date\((-?\d{1,15})\)\/$/.exec(text)?.[1];
  return ticks === undefined ? text : new Date(Number(ticks)).toISOString();
}

/** Base64, or what ConvertTo-Json makes of a byte array: a list of numbers, perhaps under `value`. */
function bytesIn(json: unknown): Uint8Array | null {
  if (typeof json === 'string') {
    try {
      return fromBase64(json);
    } catch (error) {
      if (error instanceof Malformed) return null;
      throw error;
    }
  }
  if (Array.isArray(json))
    return json.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256)
      ? Uint8Array.from(json)
      : null;
  if (typeof json === 'object' && json !== null && 'value' in json) return bytesIn(json.value);
  return null;
}
