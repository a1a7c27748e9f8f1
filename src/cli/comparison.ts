import type { Command, OptionValues } from 'commander';
import { type Comparison, PARAMETERS, type Parameter } from '../app/why.ts';
import { TLS10, TLS11, TLS12, TLS13 } from '../wire/tls/registry/version.ts';
import { UsageError } from './usage.ts';

/** Options on which connections are made beside the first ones. */
export interface ComparisonOptions extends OptionValues {
  tls?: string;
  quick?: boolean;
  only?: string;
  compare?: boolean;
  otherName: string;
  path: string[];
  post?: boolean;
  within?: string;
}

const collect = (one: string, before: string[]): string[] => [...before, one];

export function addComparisonOptions(command: Command): Command {
  return command
    .option('--tls <version>', 'ask with one version only: 1.0, 1.1, 1.2 or 1.3')
    .option(
      '--quick',
      'make one connection only, and show the certificate in it; without one end when it is asked for',
    )
    .option('--only <what>', `compare these alone: ${PARAMETERS.join(',')}`)
    .option('--no-compare', 'compare versions and, with a key, the certificate shown and not shown, no more')
    .option('--path <path>', 'ask for this path as well (may be repeated)', collect, [])
    .option('--post', 'ask by a POST of 64 KiB, too: what a late request may fail over')
    .option('--other-name <name>', 'the name for the connection with another server name', 'other.invalid')
    .option(
      '--within <seconds>',
      'give up on all connections together after this long (default: 3 timeouts)',
    );
}

export const COMPARISON_HELP = `
Connections: two (TLS 1.3 and 1.2); then one each, only where the answers leave something open: TLS 1.1, TLS 1.0,
another server name, none, each further address of the name (up to 3), post-handshake authentication announced,
HTTP/2, a resumed session, each --path with each version, each certificate to each version and path that asks for
one. 8 to 12 as a rule, never more than 60, 8 at once. --quick makes one, --no-compare two to four.`;

/** What to compare; null: nothing but versions and the certificate. */
export function comparisonOf(options: ComparisonOptions): Comparison | null {
  if (options.quick) return null;
  return {
    parameters: new Set(parametersOf(options)),
    oldVersions: options.tls === undefined ? [TLS11, TLS10] : [],
    otherName: options.otherName,
    paths: options.path.map(checkPath),
    post: options.post ?? false,
  };
}

function parametersOf({ only, compare, path, post }: ComparisonOptions): readonly Parameter[] {
  if (only === undefined) {
    if (compare !== false) return PARAMETERS;
    // What was asked for by an option of its own is meant.
    return [
      'certificate',
      ...(path.length > 0 ? (['paths', 'late'] as const) : []),
      ...(post ? (['post'] as const) : []),
    ];
  }
  return only.split(',').map((text) => {
    const wanted = text.trim();
    const found = PARAMETERS.find((one) => one === wanted);
    if (found) return found;
    throw new UsageError(`--only ${wanted}: no such comparison`, `known are ${PARAMETERS.join(', ')}`);
  });
}

export function checkPath(path: string): string {
  if (path.startsWith('/')) return path;
  throw new UsageError(
    `--path ${path}: not a path`,
    'give /PATH, as it stands in the address after the host',
  );
}

const VERSIONS: Readonly<Record<string, number>> = { '1.0': TLS10, '1.1': TLS11, '1.2': TLS12, '1.3': TLS13 };

export function versionsOf(text: string | undefined): number[] {
  if (text === undefined) return [TLS13, TLS12];
  const version = VERSIONS[text];
  if (version !== undefined) return [version];
  throw new UsageError(
    `--tls ${text}: not a version that is spoken`,
    'give 1.0, 1.1, 1.2 or 1.3, or leave it out',
  );
}

export function withinOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3600) return seconds * 1000;
  throw new UsageError(`--within ${text}: not a number of seconds`, 'give 1 to 3600');
}
