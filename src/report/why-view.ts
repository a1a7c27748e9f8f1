import { sayHeard } from './lang/heard.ts';
import { english, type Language } from './lang/language.ts';
import { retell } from './lang/tell.ts';
import type { ProbeRecord, WhyReport } from './why.ts';
import { sayOutcome, statusOf } from './why-end.ts';
import { sayHeadline } from './why-headline.ts';
import { baseLabel, labelAmong } from './why-label.ts';

/** How an answer is to be shown. */
export interface WhyView {
  readonly language: Language;
  /** Each client, all names, all connections. */
  readonly verbose: boolean;
}

export const usualView: WhyView = { language: english, verbose: false };

/** The headline as the document has it; in other languages made anew of its data. */
export function headlineIn(report: WhyReport, language: Language): string {
  return language.id === 'en' ? report.headline : sayHeadline(report, language);
}

/** Remarks and notes, in this order. */
export function notesIn({ remarks, notes }: WhyReport, language: Language): string[] {
  return [...remarks.map((one) => retell(one, language)), ...notes.map((one) => sayHeard(one, language))];
}

/** What changed since the earlier answer; null when there was none. */
export function sinceIn({ since }: WhyReport, language: Language): string[] | null {
  if (!since) return null;
  const told = since.changes.map((one) => retell(one, language));
  return told.length > 0 ? told : [language.say('since-same')];
}

/** One connection in words. */
export interface ToldProbe {
  /** 'TLS 1.3, no SNI': what tells it from the others. */
  readonly label: string;
  readonly outcome: string;
  readonly status: string | null;
}

export function probesIn({ probes }: WhyReport, language: Language): ToldProbe[] {
  return probes.map((probe) => ({
    label: labelAmong(probe, probes, language),
    outcome: outcomeIn(probe, language),
    status: statusOf(probe),
  }));
}

/** 'Connections (with SNI www.example.com and no certificate, unless said otherwise)'. */
export function probesTitle({ probes }: WhyReport, language: Language): string {
  const label = baseLabel(probes, language);
  return label === '' ? language.say('connections-title') : language.say('connections-title-base', { label });
}

const outcomeIn = (probe: ProbeRecord, language: Language): string =>
  language.id === 'en' ? probe.end : sayOutcome(probe, language);
