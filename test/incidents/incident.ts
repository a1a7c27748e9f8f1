import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { probeText, sectionsOf } from '../diagnoses/case-file.ts';
import { Certificates } from './certificates.ts';

/**
 * An incident as it reaches an administrator: the evidence while it lasts, and that of the same host after the repair
 * (its healthy twin), in one readable file of sections:
 *
 *   -- about --                 what happened, where it was told
 *   -- cause: ID --             the diagnosis that must be named first
 *   -- certificates --          see certificates.ts; optional
 *   -- both: netsh.txt --       evidence of both; `ill:` and `healthy:` of one alone
 *   -- both: Root.p7b = root -- certificates by name, as PEM
 *   -- ill probe: why.json --   a saved probe, as in cases (test/diagnoses/case-file.ts)
 */
export interface Incident {
  readonly id: string;
  readonly about: string;
  readonly cause: string;
  readonly ill: readonly EvidenceFile[];
  readonly healthy: readonly EvidenceFile[];
}

export interface EvidenceFile {
  readonly name: string;
  readonly text: string;
}

export function readIncidents(folder: string): Incident[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.incident'));
  return files.sort().map((file) => readIncident(file, readFileSync(path.join(folder, file), 'utf8')));
}

export function readIncident(file: string, text: string): Incident {
  const sections = sectionsOf(file, text);
  const bodyOf = (heading: string) => sections.find((one) => one.heading === heading)?.body ?? '';
  const cause = sections.flatMap(({ heading }) => /^cause: (\S+)$/.exec(heading)?.[1] ?? [])[0];
  if (cause === undefined) throw new Error(`${file}: names no cause`);
  const certificates = new Certificates(bodyOf('certificates'));
  const evidence = (whose: string): EvidenceFile[] =>
    sections.flatMap(({ heading, body }) => {
      const [, of, probe, name, , made] =
        /^(both|ill|healthy)( probe)?: (\S+)( = (.+))?$/.exec(heading) ?? [];
      if (!name || (of !== whose && of !== 'both')) return [];
      if (made) return [{ name, text: pemOf(made, certificates) }];
      return [{ name, text: probe ? probeText(file, body, certificates) : certificates.fill(body) }];
    });
  const unknown = sections.find(({ heading }) => !HEADING.test(heading));
  if (unknown) throw new Error(`${file}: unknown section -- ${unknown.heading} --`);
  const [ill, healthy] = [evidence('ill'), evidence('healthy')];
  if (ill.length === 0 || healthy.length === 0) throw new Error(`${file}: wants evidence of both`);
  return { id: file.replace('.incident', ''), about: bodyOf('about').trim(), cause, ill, healthy };
}

const HEADING = /^(about|certificates|cause: \S+|(both|ill|healthy)( probe)?: \S+( = .+)?)$/;

const pemOf = (names: string, certificates: Certificates): string =>
  names
    .split(' ')
    .flatMap((name) => certificates.called(name))
    .map(({ pem }) => pem)
    .join('\n');
