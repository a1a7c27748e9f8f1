import type { Language } from './lang/language.ts';
import type { AskedValue, Difference, ProbeRecord } from './why.ts';

/** How connections are told apart in words. */

/** 'TLS 1.2', 'no SNI', 'path /secure'. */
function sayParameter(name: string, value: AskedValue[number], language: Language): string {
  const single = `with-${name}-${value}`;
  if (language.has(single)) return language.say(single);
  const general = `with-${name}`;
  const facts = { value: String(value) };
  return language.has(general)
    ? language.say(general, facts)
    : language.say('with-other', { name, ...facts });
}

/** The values of one side: 'TLS 1.2 and TLS 1.3'; of several parameters 'TLS 1.2, no SNI and TLS 1.3, SNI x'. */
export function saySide(what: Difference['what'], values: readonly AskedValue[], language: Language): string {
  const said = values.map((value) =>
    what.map((name, i) => sayParameter(name, value[i] ?? null, language)).join(', '),
  );
  return language.listing(said);
}

/**
 * What tells some connections from the others, in as few parameters as do: 'TLS 1.2 and TLS 1.3' or 'TLS 1.2, no
 * SNI'. '' when these are all.
 */
export function labelOf(
  these: readonly ProbeRecord[],
  all: readonly ProbeRecord[],
  language: Language,
): string {
  const others = all.filter((probe) => !these.includes(probe));
  if (others.length === 0) return '';
  const names = varying(all);
  const choices = [...names.map((name) => [name]), ...names.map((_, i) => names.slice(0, i + 1))];
  const apart = choices.find((choice) => {
    const keys = new Set(these.map((probe) => keyOf(probe, choice)));
    return !others.some((probe) => keys.has(keyOf(probe, choice)));
  });
  return labelBy(apart ?? names, these, language);
}

/** The version of one connection, and the parameters in which it differs from the first of all. */
export function labelAmong(probe: ProbeRecord, all: readonly ProbeRecord[], language: Language): string {
  const names = varying(all).filter((name) => keyOf(probe, [name]) !== keyOf(all[0]!, [name]));
  return labelBy(['version', ...names.filter((name) => name !== 'version')], [probe], language);
}

/** What the first connection was made with, as far as others differ from it; the version is told with each. */
export function baseLabel(all: readonly ProbeRecord[], language: Language): string {
  const names = varying(all).filter((name) => name !== 'version');
  return names.length === 0 ? '' : labelBy(names, [all[0]!], language);
}

function labelBy(names: readonly string[], these: readonly ProbeRecord[], language: Language): string {
  const parts = names.map((name) => {
    const values = new Set(these.map(({ askedWith }) => askedWith[name] ?? null));
    return language.listing([...values].map((value) => sayParameter(name, value, language)));
  });
  return parts.join(', ');
}

/** Names of parameters that do not have one value everywhere. */
function varying(probes: readonly ProbeRecord[]): string[] {
  const names = new Set(probes.flatMap(({ askedWith }) => Object.keys(askedWith)));
  return [...names].filter((name) => new Set(probes.map((probe) => keyOf(probe, [name]))).size > 1);
}

const keyOf = ({ askedWith }: ProbeRecord, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => askedWith[name] ?? null));
