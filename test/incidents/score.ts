import type { Incident } from './incident.ts';

/** What is needed of an entry of a report, or of an evaluation. */
export interface Told {
  readonly diagnosis: string;
  readonly outcome: string;
}

export interface Score {
  readonly id: string;
  readonly cause: string;
  /** Findings of the ill host in the order in which they are told, each id once. */
  readonly found: readonly string[];
  /** Place of the right cause among them from 1; 0: it is not found. */
  readonly place: number;
  /** What is told of the cause at the healthy twin: 'clear' is right. */
  readonly healthy: string;
  /** Findings, and open points, of the healthy twin: each is a wrong alarm. */
  readonly alarms: readonly string[];
  /** Causes that cannot be told, or depend, at the ill host. */
  readonly cannotTell: number;
  readonly depends: number;
  readonly asked: number;
}

export function scoreOf({ id, cause }: Incident, ill: readonly Told[], healthy: readonly Told[]): Score {
  const found = idsOf(ill, 'found');
  const mine = new Set(healthy.filter(({ diagnosis }) => diagnosis === cause).map(({ outcome }) => outcome));
  const worst = ['broken', 'found', 'depends', 'cannot-tell', 'clear', 'not-applicable'];
  return {
    id,
    cause,
    found,
    place: found.indexOf(cause) + 1,
    healthy: worst.find((outcome) => mine.has(outcome)) ?? 'no such diagnosis',
    alarms: [...idsOf(healthy, 'found'), ...idsOf(healthy, 'depends').map((one) => `${one} (depends)`)],
    cannotTell: idsOf(ill, 'cannot-tell').length,
    depends: idsOf(ill, 'depends').length,
    asked: new Set(ill.map(({ diagnosis }) => diagnosis)).size,
  };
}

const idsOf = (told: readonly Told[], outcome: string): string[] => [
  ...new Set(told.filter((one) => one.outcome === outcome).map(({ diagnosis }) => diagnosis)),
];

/** What is wrong with a score, in words; empty when all is right. */
export function faultsOf({ cause, found, place, healthy, alarms }: Score): string[] {
  return [
    ...(place === 1
      ? []
      : [`${cause} is ${place === 0 ? 'not found' : `found at place ${place}`}: ${found}`]),
    ...(healthy === 'clear' ? [] : [`the healthy twin is told ${healthy}, not clear`]),
    ...alarms.map((alarm) => `the healthy twin has ${alarm}`),
  ];
}
