import {
  type JsonObject,
  type ReadJson,
  readList,
  readNumber,
  readObject,
  readText,
} from '../../base/json.ts';

/** The manifest of a bundle: `handclasp collect`, its PowerShell script and its .cmd all write this document. */

export const MANIFEST_NAME = 'handclasp-bundle.json';
export const MANIFEST_SCHEMA = 'handclasp/bundle/1';

export interface Manifest {
  readonly schema: typeof MANIFEST_SCHEMA;
  /** 'handclasp', 'powershell', 'cmd'. */
  readonly by: string;
  readonly version: string;
  readonly host?: string;
  /** ISO 8601 UTC. The .cmd has no way to tell it that holds in every language. */
  readonly takenAt?: string;
  /** As the .cmd has it: date and time in the format of the host. */
  readonly localTime?: string;
  /** Minutes that the host's clock is ahead of UTC. */
  readonly utcOffset?: number;
  /** Whether it ran with administrative rights; without them much is denied. */
  readonly elevated?: boolean;
  readonly os?: { readonly build: string; readonly installationType: string };
  readonly redacted?: boolean;
  readonly notes?: readonly string[];
  readonly items: readonly ManifestItem[];
}

export interface ManifestItem {
  readonly id: string;
  /** The command line or what was copied. */
  readonly command: string;
  readonly exitCode?: number;
  readonly error?: string;
  /** Kind of the reader for its files. */
  readonly kind?: string;
  /** What it answers (windows/wanted.ts): 'bindings', 'store:Root'. */
  readonly answers?: string;
  /** That there is no such thing is usual and no failure. */
  readonly mayBeAbsent?: boolean;
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  readonly name: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

/** Throws Unfit; what is missing or null and may be so is left out. */
export const readManifest: ReadJson<Manifest> = (json, place) => {
  const read = readObject(json, place);
  const os = optional(read, 'os', readObject, place).os;
  return {
    schema: MANIFEST_SCHEMA,
    by: readText(read.by ?? '', `${place}.by`),
    version: readText(read.version ?? '', `${place}.version`),
    ...optional(read, 'host', readText, place),
    ...optional(read, 'takenAt', readText, place),
    ...optional(read, 'localTime', readText, place),
    ...optional(read, 'utcOffset', readNumber, place),
    ...(read.elevated === true ? { elevated: true } : {}),
    ...(read.elevated === false ? { elevated: false } : {}),
    ...(os
      ? {
          os: {
            build: readText(os.build ?? '', `${place}.os.build`),
            installationType: readText(os.installationType ?? '', `${place}.os.installationType`),
          },
        }
      : {}),
    redacted: read.redacted === true,
    ...optional(read, 'notes', readList(readText), place),
    // The .cmd ends its list with a null, for it cannot know which item is the last.
    items: listOrOne(read.items).flatMap((one, i) =>
      one === null ? [] : [item(one, `${place}.items[${i}]`)],
    ),
  };
};

const item: ReadJson<ManifestItem> = (json, place) => {
  const read = readObject(json, place);
  return {
    id: readText(read.id, `${place}.id`),
    command: readText(read.command ?? '', `${place}.command`),
    ...optional(read, 'exitCode', readNumber, place),
    ...optional(read, 'error', readText, place),
    ...optional(read, 'kind', readText, place),
    ...optional(read, 'answers', readText, place),
    ...(read.mayBeAbsent === true ? { mayBeAbsent: true } : {}),
    files: listOrOne(read.files).map((one, i) => file(one, `${place}.files[${i}]`)),
  };
};

const file: ReadJson<ManifestFile> = (json, place) => {
  const read = readObject(json, place);
  return {
    name: readText(read.name, `${place}.name`).replaceAll('\\', '/'),
    ...optional(read, 'bytes', readNumber, place),
    ...optional(read, 'sha256', readText, place),
  };
};

/** PowerShell 5.1 may write a list of one as that one, an empty one as null or {}, and any as {value, Count}. */
function listOrOne(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null || Object.keys(json).length === 0) return [];
  if ('value' in json && 'Count' in json) return listOrOne(json.value);
  return [json];
}

function optional<N extends string, T>(
  from: JsonObject,
  name: N,
  read: ReadJson<T>,
  place: string,
): { [K in N]?: T } {
  const value = from[name];
  const isThere = value !== undefined && value !== null;
  return isThere ? ({ [name]: read(value, `${place}.${name}`) } as { [K in N]?: T }) : {};
}
