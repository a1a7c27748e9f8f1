/** A command line of certutil: switches and verb in any order, `-` or `/` before them, then arguments. */
export interface Asked {
  /** Lower case, without its dash; '' when none stands there. */
  readonly verb: string;
  readonly args: readonly string[];
  readonly switches: ReadonlySet<string>;
  /** A switch that is none. */
  readonly unknown?: string;
}

const VERBS = ['error', 'store', 'addstore', 'delstore', 'verify', 'dump', '?'];
const SWITCHES = [
  'f',
  'v',
  'user',
  'enterprise',
  'grouppolicy',
  'silent',
  'split',
  'urlfetch',
  'gmt',
  'seconds',
];

export function readAsked(argv: readonly string[]): Asked {
  let verb = '';
  let unknown: string | undefined;
  const args: string[] = [];
  const switches = new Set<string>();
  for (const word of argv) {
    const name = /^[-/]/.test(word) ? word.slice(1).toLowerCase() : null;
    // A negative number is what -error is asked for, and behind the first argument a dash begins a name.
    if (name === null || args.length > 0 || /^\d/.test(name)) args.push(word);
    else if (SWITCHES.includes(name)) switches.add(name);
    else if (VERBS.includes(name) && verb === '') verb = name;
    else unknown ??= word;
  }
  // A file alone is dumped.
  if (verb === '' && args.length > 0) verb = 'dump';
  return { verb, args, switches, ...(unknown === undefined ? {} : { unknown }) };
}
