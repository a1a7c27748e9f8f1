/** The one door to a host. Windows, the lab, a recording, a dry run and read-only are implementations of it. */

export interface Ran {
  readonly exitCode: number;
  /** stdout and stderr as text, in the host's language. */
  readonly output: string;
}

export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Machine {
  /** 'this computer', 'the lab'. */
  readonly title: string;
  readonly canWrite: boolean;
  /** Runs an administrative command; argv[0] is the program: ['netsh', 'http', 'show', 'sslcert']. */
  run(argv: readonly string[]): Promise<Ran>;
  /** Evidence files by name, as an administrator would collect them (netsh text, .reg, stores, logs, configuration). */
  collect(): Promise<readonly EvidenceFile[]>;
}

/** Commands that change nothing, by their first words; whatever is not among them counts as a change. */
const READING: readonly (readonly string[])[] = [
  ['netsh', 'http', 'show'],
  ['netsh', 'http', 'dump'],
  ['reg', 'query'],
  ['reg', 'export'],
  ['certutil', '-store'],
  ['certutil', '-dump'],
  ['certutil', '-error'],
  ['certutil', '-verify'],
];

export function onlyReads(argv: readonly string[]): boolean {
  const words = argv.map((word) => word.toLowerCase().replace(/\.exe$/, ''));
  return READING.some((start) => start.every((word, i) => words[i] === word));
}
