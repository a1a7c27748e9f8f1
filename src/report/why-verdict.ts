import type { ProbeRecord, WhyReport } from './why.ts';
import { statusOf } from './why-end.ts';

/** What the server did with the certificate when it was really shown; null when it was not. */
export interface Acceptance {
  readonly accepted: boolean;
  /** '200', '403.16', 'alert 48 unknown_ca', or how the conversation ended. */
  readonly answer: string | { readonly ending: ProbeRecord['ending'] };
}

/**
 * IIS: certificate required, not mapped, revoked, untrusted, expired (domain 5.1); 400 is nginx's answer to a
 * certificate that it does not like.
 */
const REFUSALS = /^403(\.(7|12|13|16|17))?$|^40[01]$|^401\./;

/** The worst answer counts: a certificate that one connection refuses is not accepted. */
export function acceptanceOf({ probes }: Pick<WhyReport, 'probes'>): Acceptance | null {
  const shown = probes.filter(({ sent }) => sent !== null && sent > 0);
  if (shown.length === 0) return null;
  const told = shown.map(acceptanceBy);
  return told.find(({ accepted }) => !accepted) ?? told[0]!;
}

function acceptanceBy(probe: ProbeRecord): Acceptance {
  const status = statusOf(probe);
  if (status !== null) return { accepted: !REFUSALS.test(status), answer: status };
  return { accepted: probe.completed, answer: { ending: probe.ending } };
}

/** The server's answer to whoever shows nothing; null when none came. */
export function answerWithout({ probes }: Pick<WhyReport, 'probes'>): string | null {
  const bare = probes.filter(({ sent }) => sent === null || sent === 0);
  const answers = new Set(bare.map(statusOf).filter((status) => status !== null));
  return answers.size === 1 ? [...answers][0]! : null;
}
