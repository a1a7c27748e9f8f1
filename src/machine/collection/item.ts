/** One thing to collect from a Windows server, as data: direct collecting and both scripts are made from it. */
export interface Item {
  /** Kebab-case; its name in the manifest. */
  readonly id: string;
  /** One line for who reads the script before running it. */
  readonly why: string;
  /** Kind of the evidence reader that its files are for; null: kept for people. */
  readonly kind: string | null;
  /** What it answers (windows/wanted.ts), so that a report can say that it was tried. */
  readonly answers?: string;
  /** Most servers have no such thing, which is no failure. */
  readonly mayBeAbsent?: true;
  /** Only when asked for. */
  readonly only?: 'traces';
  readonly from: From;
}

export type From =
  /** What a program prints; argv[0] is the program. */
  | { readonly is: 'command'; readonly argv: readonly string[]; readonly file: string }
  /** A key with all below it, as `reg export` writes it. */
  | { readonly is: 'registry'; readonly key: string; readonly file: string }
  /** The certificates of a LocalMachine store, never their keys. */
  | { readonly is: 'store'; readonly store: string }
  /** The same for each store that a record of http.sys names and the list does not. */
  | { readonly is: 'stores-of-records' }
  /** An XML file, secrets taken out on the way (secrets.ts). */
  | { readonly is: 'configuration'; readonly path: string; readonly file: string }
  /** web.config of every folder of the sites, likewise. */
  | { readonly is: 'web-configurations' }
  /** The newest files of that pattern in each folder that holds logs. */
  | { readonly is: 'logs'; readonly logs: Logs }
  /** Events, newest first. */
  | {
      readonly is: 'events';
      readonly channel: string;
      readonly providers?: readonly string[];
      readonly file: string;
    }
  /** What the records of http.sys ask for on the wire, by a connection from the host to itself; no script can. */
  | { readonly is: 'wire' };

export interface Logs {
  /** Where they lie unless the configuration of IIS says otherwise. */
  readonly folder: string;
  /** Attribute of applicationHost.config that says otherwise: elements of which `directory` counts. */
  readonly told?: readonly string[];
  /** Names of the folders in it that count; absent: it holds the logs itself. */
  readonly below?: string;
  /** Of the files, with * and ? only. */
  readonly pattern: string;
  /** Folder in the bundle; '' with `below`, whose names are kept. */
  readonly into: string;
}

/** How much is collected. */
export interface Limits {
  /** Of logs and events. */
  readonly days: number;
  /** Of each kind of logs, newest first. */
  readonly megabytes: number;
  /** Of each event log, newest first. */
  readonly events: number;
  readonly traces: boolean;
}

export const LIMITS: Limits = { days: 7, megabytes: 200, events: 5000, traces: false };

/** Name in a bundle of a store's certificates; the reader takes the store's name from it. */
export const storeFile = (store: string, extension: string): string => `LocalMachine-${store}.${extension}`;

/** A store's name that can be part of a file's and of a command line. */
export const isPlainStoreName = (name: string): boolean => /^[\w][\w .-]{0,63}$/.test(name);

/** XPath of wevtutil: `*[System[Provider[@Name='Schannel' or @Name='HTTP'] and TimeCreated[…]]]`. */
export function eventQuery(providers: readonly string[] | undefined, days: number | string): string {
  const time = `TimeCreated[timediff(@SystemTime) <= ${typeof days === 'number' ? days * 86_400_000 : days}]`;
  if (!providers) return `*[System[${time}]]`;
  return `*[System[Provider[${providers.map((name) => `@Name='${name}'`).join(' or ')}] and ${time}]]`;
}

/** argv as cmd.exe takes it and as it is shown: quoted where a blank or a sign of cmd's own is inside. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w.:\\/=@*+,-]+$/.test(word) ? word : `"${word}"`)).join(' ');
}
