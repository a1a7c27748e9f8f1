import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type EvidenceFile, type Incident, readIncidents } from '../test/incidents/incident.ts';
import { faultsOf, type Score, scoreOf, type Told } from '../test/incidents/score.ts';

/** Runs `examine` on both sides of every incident in a folder and prints the score. */
export function scoreCases(name: string, folder: string, cli: string, scratch: string): void {
  const scores = readIncidents(folder).map((incident) =>
    scoreOf(incident, told(incident, 'ill', cli, scratch), told(incident, 'healthy', cli, scratch)),
  );
  for (const score of scores) for (const fault of faultsOf(score)) console.log(`${score.id}: ${fault}`);
  const of = (right: (score: Score) => boolean) => `${scores.filter(right).length} of ${scores.length}`;
  const share = (figure: (score: Score) => number) => {
    const asked = scores.reduce((sum, { asked }) => sum + asked, 0);
    return `${((100 * scores.reduce((sum, one) => sum + figure(one), 0)) / asked).toFixed(0)} %`;
  };
  console.log(
    `${name}: right cause first ${of(({ place }) => place === 1)}, among the first three ` +
      `${of(({ place }) => place > 0 && place <= 3)}; healthy twin clear ${of(({ healthy }) => healthy === 'clear')}, ` +
      `wrong alarms there ${scores.reduce((sum, { alarms }) => sum + alarms.length, 0)}; of all causes asked ` +
      `cannot tell ${share(({ cannotTell }) => cannotTell)}, depends ${share(({ depends }) => depends)}`,
  );
}

function told(incident: Incident, side: 'ill' | 'healthy', cli: string, scratch: string): Told[] {
  const folder = path.join(scratch, incident.id, side);
  for (const { name, text } of incident[side] as readonly EvidenceFile[]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'examine', folder, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stdout === '') throw new Error(`${incident.id}: ${stderr}`);
  return (JSON.parse(stdout) as { entries: Told[] }).entries;
}
