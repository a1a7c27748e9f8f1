import type { Locus } from '../base/locus.ts';
import type { ClientAnswer } from '../evidence/claims.ts';
import { printName } from '../wire/x509/name.ts';
import { wordsKey } from './names-in-words.ts';
import type { Subject } from './question.ts';

/** A list of issuers as the wire, a client's trace or a message shows it. */
export interface ListSeen {
  readonly count: number;
  /** Names as keys (names-in-words.ts); undefined where only their number was printed. */
  readonly names?: ReadonlySet<string>;
  /** The client had nothing to show, or the server refused for want of a certificate. */
  readonly refused: boolean;
  /** The client did show a certificate. */
  readonly sent: boolean;
  readonly port?: number;
  readonly serverName?: string;
  /** Who was asked, as far as it was told. */
  readonly endpoint: string;
  readonly time?: number;
  readonly at: Locus;
}

/** Every list seen; of one endpoint only the latest, where times tell which that is. */
export function listsSeen({ picture }: Subject): ListSeen[] {
  const onTheWire = picture.handshakes.flatMap((one): ListSeen[] => {
    if (!one.request) return [];
    const { authorities } = one.request;
    return [
      {
        count: authorities.length,
        names: new Set(authorities.map((name) => wordsKey(printName(name)))),
        ...answers(one.answers ?? []),
        port: one.port,
        ...(one.serverName === undefined ? {} : { serverName: one.serverName.toLowerCase() }),
        endpoint: `${one.serverName ?? one.address ?? ''}:${one.port}`,
        ...(one.time === undefined ? {} : { time: one.time }),
        at: one.at,
      },
    ];
  });
  const inWords = (picture.requestsInWords ?? []).flatMap((one): ListSeen[] => {
    const count = one.authorities?.length ?? one.authorityCount;
    if (one.asked === false || count === undefined) return [];
    const { refused, sent } = answers(one.answer ? [one.answer] : []);
    return [
      {
        count,
        ...(one.authorities ? { names: new Set(one.authorities.map(wordsKey)) } : {}),
        refused: refused || one.status === 403,
        sent: sent && one.status !== 403,
        ...(one.port === undefined ? {} : { port: one.port }),
        ...(one.serverName === undefined ? {} : { serverName: one.serverName.toLowerCase() }),
        endpoint: `${one.serverName ?? one.host ?? one.at.source}:${one.port ?? ''}`,
        ...(one.time === undefined ? {} : { time: one.time }),
        at: one.at,
      },
    ];
  });
  const counted = (picture.messages ?? []).flatMap((one): ListSeen[] => {
    const issuers = one.code === 'no-issuers-named' ? 0 : one.facts?.issuers;
    if (typeof issuers !== 'number') return [];
    // The reader of the trace itself tells more of the same line.
    if (inWords.some(({ at, count }) => at.source === one.at.source && count === issuers)) return [];
    return [
      {
        count: issuers,
        refused: false,
        sent: false,
        ...(one.port === undefined ? {} : { port: one.port }),
        endpoint: `${one.host ?? one.at.source}:${one.port ?? ''}`,
        ...(one.last === undefined ? {} : { time: one.last }),
        at: one.at,
      },
    ];
  });
  return latest([...onTheWire, ...inWords, ...counted]);
}

function latest(all: readonly ListSeen[]): ListSeen[] {
  return all.filter(
    (one) =>
      !all.some(
        (other) =>
          other.endpoint === one.endpoint &&
          other.time !== undefined &&
          one.time !== undefined &&
          other.time > one.time,
      ),
  );
}

const answers = (all: readonly ClientAnswer[]): { refused: boolean; sent: boolean } => ({
  refused: all.some(({ sent }) => sent === 'none'),
  sent: all.some(({ sent }) => sent === 'certificate'),
});

/** A store of roots as Windows, Linux and Java bring it along has more than a hundred; nobody lists that many CAs of his own. */
const MANY = 40;

/** Words in the names of public CAs that every such store holds. */
const PUBLIC =
  /digicert|verisign|globalsign|microsoft root|baltimore cybertrust|entrust|geotrust|thawte|addtrust|isrg root|sectigo|comodo|usertrust|amazon root|go daddy|starfield|quovadis|certum|swisssign|d-trust|teletrust|t-telesec|identrust|actalis|buypass|gts root|ssl\.com|hongkong post|secom|telia|trustwave|affirmtrust|camerfirma|certsign|e-tugra|izenpe|netlock|cfca/i;

/** Whether a list is what a machine's own store of trusted roots holds. */
export function looksLikeRoots({ count, names }: ListSeen): boolean {
  if (count >= MANY) return true;
  return [...(names ?? [])].filter((name) => PUBLIC.test(name)).length >= 3;
}
