import type { Told } from '../base/message.ts';
import { tell } from '../report/lang/tell.ts';
import type { WhyReport } from '../report/why.ts';
import { changesBetween, isReached } from '../report/why-changes.ts';

export interface Watching {
  /** One answer; never rejects. */
  ask(): Promise<WhyReport>;
  /** Waits for the next round; false: stop. */
  wait(): Promise<boolean>;
  /** Answers in all; endless when absent. */
  readonly count?: number;
  first(report: WhyReport): void;
  /** Called only when something changed. */
  changed(report: WhyReport, changes: readonly Told[]): void;
}

/** Asks again and again and tells what changes. Returns the last answer. */
export async function watch({
  ask,
  wait,
  count = Number.POSITIVE_INFINITY,
  first,
  changed,
}: Watching): Promise<WhyReport> {
  let last = await ask();
  first(last);
  // Of a server that was away it is told what changed meanwhile.
  let reached = isReached(last) ? last : null;
  for (let made = 1; made < count && (await wait()); made++) {
    const report = await ask();
    const away = !isReached(last) && isReached(report) && reached ? changesBetween(reached, report) : [];
    const changes = [...changesBetween(last, report), ...away].map((one) => tell(one));
    if (changes.length > 0) changed(report, changes);
    last = report;
    if (isReached(report)) reached = report;
  }
  return last;
}
