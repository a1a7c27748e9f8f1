import type { Digest } from '../base/ports.ts';
import { MANIFEST_NAME } from '../evidence/bundle/manifest.ts';
import type { BundleSeen } from '../evidence/claims.ts';
import { readers } from '../evidence/index.ts';
import { openReading, type Reading } from '../evidence/read.ts';
import type { Source } from '../platform/sources.ts';

/** A bundle among the sources: what its manifest says of the files beside it. */
interface Bundle {
  readonly given: string | undefined;
  /** Of the names of its files: '', 'web01.zip/'. */
  readonly folder: string;
  readonly takenAt: number;
  readonly claim: BundleSeen;
  readonly kinds: ReadonlyMap<string, string | null>;
}

/**
 * Bundles of `handclasp collect` (evidence/bundle). Files in them belong to the host and the time that the manifest
 * names: a configuration keeps the time of its last change when it is copied, and most files name no host.
 */
export class Bundles {
  readonly #bundles: readonly Bundle[];

  private constructor(bundles: readonly Bundle[]) {
    this.#bundles = bundles;
  }

  static async among(sources: readonly Source[], digest: Digest): Promise<Bundles> {
    const bundles: Bundle[] = [];
    for (const source of sources) {
      if (source.name.split('/').at(-1) !== MANIFEST_NAME) continue;
      const claim = await claimOf(source, digest);
      if (!claim) continue;
      const kinds = new Map(claim.files.map(({ name, kind }) => [name.toLowerCase(), kind]));
      const folder = source.name.slice(0, -MANIFEST_NAME.length);
      bundles.push({ given: source.given, folder, takenAt: claim.takenAt ?? source.takenAt, claim, kinds });
    }
    return new Bundles(bundles);
  }

  /** When a source was taken. */
  takenAt(source: Source): number {
    return this.#of(source)?.takenAt ?? source.takenAt;
  }

  /** The reading with the host of its bundle; what was collected for people alone is not called unreadable. */
  complete(reading: Reading, source: Source): Reading {
    const bundle = this.#of(source);
    if (!bundle) return reading;
    const { claim, folder, kinds } = bundle;
    const forPeople =
      reading.kind === null && kinds.get(source.name.slice(folder.length).toLowerCase()) === null;
    const named = reading.claims.some(({ says }) => says === 'host-name');
    return {
      ...reading,
      ...(forPeople ? { kind: 'for people', notes: [] } : {}),
      claims:
        claim.host === undefined || named || reading.claims.length === 0
          ? reading.claims
          : [...reading.claims, { says: 'host-name', name: claim.host, at: claim.at }],
    };
  }

  #of(source: Source): Bundle | undefined {
    return this.#bundles.find(
      ({ given, folder }) => given === source.given && source.name.startsWith(folder),
    );
  }
}

async function claimOf(source: Source, digest: Digest): Promise<BundleSeen | undefined> {
  const reading = openReading({ name: source.name }, readers, digest);
  for await (const chunk of source.chunks()) reading.push(chunk);
  return reading.end().claims.find((claim) => claim.says === 'bundle');
}
