import { fromBase64, toBase64 } from '../base/base64.ts';
import { Malformed } from '../base/bytes.ts';
import { redactBinary } from './binary.ts';
import { redactWords } from './der.ts';
import type { Substitutes } from './substitutes.ts';
import { wordsOf } from './vocabulary.ts';

/** Places in text where names of hosts, people and certificates stand, whatever kind of file it is. */
const NAMES: readonly RegExp[] = [
  // www.example.com:443, *:443:www.example.com, https://www.example.com/
  /([\w*-]+(?:\.[\w-]+)*\.(?![\d.]+:)[a-z][\w-]*):\d{1,5}\b/gi,
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}:([a-z*][\w*.-]*)/gi,
  /\*:\d{1,5}:([^"\s]+)/g,
  /\b[a-z][a-z0-9+]*:\/\/([^/\s:"'<>?#\\]+)/gi,
  /([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)/g,
  // Distinguished names
  /\b(?:CN|OU|O|L|S|ST|DC|E|G|SN|T|SERIALNUMBER|emailAddress|givenName|surname)=("[^"]*"|[^,+/"<>\r\n;]+)/g,
  // Events, manifests, probes, registry, configuration
  /<Computer>([^<]+)</g,
  /"(?:host|serverName|computer|address|MachineName)"\s*:\s*"([^"]+)"/g,
  /"(?:ComputerName|Hostname|Domain|NV Hostname|HostnamePort)"="([^"]+)"/gi,
  /\b\w*(?:user|account)\w*\s*=\s*"([^"]+)"/gi,
  /<Data Name=['"]\w*(?:User|Account|Domain|Workstation|Computer)\w*['"]>([^<]+)</g,
];
/** Names of hosts anywhere, by the end that such names have. */
const HOSTS =
  /\b(?:[a-z0-9][a-z0-9-]*\.)+(?:com|net|org|local|lan|corp|intern|internal|intranet|home|example|test|localhost|edu|gov|info|biz|eu|de|at|ch|fr|it|nl|be|uk|pl|cz|es|se|no|dk|fi|ee|jp|cn|kr|br|ca|us|au|in|ru|ua)\b/gi;
/** Of the makers of the formats, in schemas and names of types. */
const FOREIGN =
  /(?:^|\.)(?:microsoft\.com|w3\.org|iis\.net|asp\.net|xmlsoap\.org|windows\.com|windowsupdate\.com|msocsp\.com)$/i;

/** In stack traces, with the line behind a colon. */
const SOURCE_FILE = /\.(?:java|kt|cs|vb|c|cc|cpp|h|hpp|go|py|rb|rs|js|mjs|ts|php|pl)$/i;

/** Adds the words of the names that stand in a text. */
export function learnText(text: string, substitutes: Substitutes): void {
  const learn = (name: string): void => {
    if (!FOREIGN.test(name) && !SOURCE_FILE.test(name))
      for (const word of wordsOf(name)) substitutes.words.add(word);
  };
  for (const pattern of NAMES) for (const [, name = ''] of text.matchAll(pattern)) learn(name);
  for (const [name] of text.matchAll(HOSTS)) learn(name);
  eachLogLine(text, (line, columns) => {
    const values = line.split(' ');
    for (const column of ['cs-username', 'cs-host', 'cs(host)', 's-computername'])
      learn(values[columns.indexOf(column)] ?? '');
    return line;
  });
}

/** The same text with names, addresses, hashes and what is in base64 or hexadecimal replaced. */
export function redactText(text: string, substitutes: Substitutes): string {
  const masked: string[] = [];
  const mask = (part: string): string => `${MARK}${masked.push(part) - 1}${MARK}`;
  const body = withoutQueries(text)
    .replace(/handclasp\/[a-z-]+\/\d+|handclasp-bundle\.json|"by"\s*:\s*"handclasp"/g, mask)
    .replace(PEM, (_, head: string, content: string, foot: string) =>
      mask(head + inBase64(content, substitutes) + foot),
    )
    .replace(QUOTED_BASE64, (_, quote: string, content: string) =>
      mask(quote + inBase64(content, substitutes) + quote),
    )
    .replace(HEX_LIST, (_, head: string, content: string) => mask(head + inHex(content, substitutes)))
    .replace(HEX_RUN, (hex) => mask(inHex(hex, substitutes)))
    .replace(STRUCTURE, mask)
    .replace(IP6, (ip) => mask(substitutes.ip6(ip)));
  let redacted = redactWords(body, substitutes);
  // What was masked may hold what had been masked before it.
  for (let depth = 0; depth < 8 && redacted.includes(MARK); depth++)
    redacted = redacted.replace(MARKED, (whole, at: string) => masked[Number(at)] ?? whole);
  return redacted;
}

/** A character of private use: no file of Windows has it. */
const MARK = '\ue000';
const MARKED = /\ue000(\d+)\ue000/g;
/** Members of JSON, elements and attributes of XML: names that belong to the format. */
const STRUCTURE = /"[\w$@]+"(?=\s*:\s*["\d[{tfn-])|<\/?[A-Za-z][\w:-]*|\b[A-Za-z][\w:-]*(?==["'])/g;
const PEM = /(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z0-9 ]+-----)/g;
const QUOTED_BASE64 = /(["'])([A-Za-z0-9+/]{24,}={0,2})\1/g;
/** Of .reg files, over several lines. */
const HEX_LIST = /(=hex(?:\([0-9a-f]+\))?:)((?:[0-9a-f]{2}(?:,|(?![0-9a-f]))|\\\r?\n\s*)+)/gi;
/** Eight bytes and more, in one or in pairs; a GUID has hyphens and a date is shorter. */
const HEX_RUN = /(?<![\w-])(?:[0-9a-f]{16,}|[0-9a-f]{2}(?:[ :][0-9a-f]{2}){7,})(?![\w-])/gi;
const IP6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}|(?=[0-9a-f:]*::)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:.])/gi;

/** Characters of the same number in the same places. */
function inBase64(content: string, substitutes: Substitutes): string {
  try {
    const bytes = fromBase64(content);
    if (bytes[0] !== 0x30) return content;
    const made = toBase64(redactBinary(bytes, substitutes)).replaceAll('=', '');
    let at = 0;
    return content.replace(/[A-Za-z0-9+/]/g, (char) => made[at++] ?? char);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return content;
  }
}

function inHex(content: string, substitutes: Substitutes): string {
  const digits = content.replace(/\\\r?\n\s*/g, '').replace(/[^0-9a-f]/gi, '');
  if (digits.length % 2 === 1) return content;
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const redacted = redactBinary(bytes, substitutes);
  const made = [...redacted].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  let at = 0;
  return content.replace(/[0-9a-f]/gi, (char) => {
    const digit = made[at++] ?? char;
    return char !== char.toLowerCase() ? digit.toUpperCase() : digit;
  });
}

/** What a log tells of queries and cookies may be anything, and no diagnosis looks at it. */
function withoutQueries(text: string): string {
  return eachLogLine(text, (line, columns) =>
    line
      .split(' ')
      .map((value, i) => {
        if (value === '-' || value === '') return value;
        if (columns[i] === 'cs-uri-query' || columns[i] === 'cs(cookie)') return 'redacted';
        return columns[i] === 'cs(referer)' ? value.replace(/\?.*/, '?redacted') : value;
      })
      .join(' '),
  );
}

/** Lines of a W3C log with the names of their columns; a text that is none is given back at once. */
function eachLogLine(text: string, change: (line: string, columns: readonly string[]) => string): string {
  if (!/^#Fields:/m.test(text)) return text;
  let columns: readonly string[] = [];
  return text
    .split('\n')
    .map((line) => {
      if (/^#Fields:/.test(line)) columns = line.slice(8).trim().toLowerCase().split(/\s+/);
      return line.startsWith('#') || columns.length === 0 ? line : change(line, columns);
    })
    .join('\n');
}
