import type { Line } from '../../base/text.ts';
import type { ListedCertificate } from '../claims.ts';
import type { Block } from './listing.ts';

type Listed = Omit<ListedCertificate, 'at'>;

/** Label and value; some languages put a (no-break) blank before the colon, some a wide one. */
const PAIR = /^\s*(\S[^:：=]*?)[\s\u00a0\u00ff]*[:：][\s\u00a0]*(.*)$/;
/** Of names: `CN=…`, `2.5.4.5=…`, `E=…`. */
const RDN = /^(?:[A-Za-z][A-Za-z0-9.]*|\d+(?:\.\d+)+)=/;
const DATE = /^\d{1,4}([./-])\s?\d{1,2}\1\s?\d{1,4}\.?\s.*\d{1,2}[:.]\d{2}/;
/** A no-break space before the colon, as French has it, is 0xFF in a console of code page 850. */
const SHA1 = /\(sha1\)[\s\u00a0\u00ff]*[:：]\s*((?:[0-9a-f]{2} ?){20})\s*$/i;
const PROPERTY = /\b[A-Z_]+_PROP_ID\((\d+)\)/;
/** `  Key Container = …`, `  Anbieter = …`. */
const KEY_LINE = /^\s+\S[^=]*? = \S/;
/** The only sentence whose words count, and only against a key. */
const KEY_MISSING = /^Missing stored keyset/i;
/** How far below the dates the subject may begin. */
const NEAR = 3;

/** The certificate of a block by shape and order (domain 8.5): serial, issuer, two dates, subject, hashes, key. */
export function readBlock({ lines, closed }: Block): Listed {
  const usable = lines.filter((line) => line.ended || closed);
  const dates = usable.flatMap(({ text }, at) => {
    const value = PAIR.exec(text)?.[2];
    return value && DATE.test(value) ? [{ at, value: value.trim() }] : [];
  });
  const [before, after] = dates;
  const names = namesIn(usable);
  const issuer = names.findLast((name) => !before || name.at < before.at);
  const subject = names.find((name) => after && name.at > after.at && name.at <= after.at + NEAR);
  const hash = hashIn(usable);
  const hasKey = hash ? keyBelow(usable.slice(hash.at + 1), closed) : undefined;
  return {
    ...serialIn(usable.slice(0, issuer?.at ?? before?.at ?? 0)),
    ...(issuer && before ? { issuer: issuer.value } : {}),
    ...(before ? { notBefore: before.value } : {}),
    ...(after ? { notAfter: after.value } : {}),
    ...(subject ? { subject: subject.value } : {}),
    ...(hash ? { thumbprint: hash.value } : {}),
    ...(hasKey === undefined ? {} : { hasKey }),
    ...(issuer && before && subject ? { root: issuer.value === subject.value } : {}),
    ...extensionsIn(usable, closed),
  };
}

interface Placed {
  readonly at: number;
  readonly value: string;
}

/** Names on one line, and names of -v and -dump: an empty label above one indented line for each part. */
function namesIn(lines: readonly Line[]): Placed[] {
  return lines.flatMap(({ text }, at) => {
    const value = PAIR.exec(text)?.[2];
    if (value === undefined) return [];
    if (RDN.test(value)) return [{ at, value: value.trim() }];
    if (value !== '') return [];
    const parts: string[] = [];
    for (let i = at + 1; i < lines.length && /^\s+\S/.test(lines[i]!.text); i++) {
      const part = lines[i]!.text.trim();
      if (!RDN.test(part)) break;
      parts.push(part);
    }
    return parts.length > 0 ? [{ at, value: parts.join(', ') }] : [];
  });
}

function serialIn(lines: readonly Line[]): Listed {
  for (const { text } of lines) {
    const value = PAIR.exec(text)?.[2]?.trim() ?? '';
    if (/^[0-9a-f]{2,80}$/i.test(value)) return { serial: value.toLowerCase() };
  }
  return {};
}

/** Hashes of the key come before that of the certificate, properties after it. */
function hashIn(lines: readonly Line[]): Placed | undefined {
  const end = lines.findIndex(({ text }) => PROPERTY.test(text));
  const own = end < 0 ? lines : lines.slice(0, end);
  const at = own.findLastIndex(({ text }) => SHA1.test(text));
  if (at < 0) return undefined;
  const isOfKeyOnly = own[at]!.text.includes('rfc-sha1');
  if (isOfKeyOnly) return undefined;
  return { at, value: SHA1.exec(own[at]!.text)![1]!.replaceAll(' ', '').toLowerCase() };
}

/** `    2.5.29.37: Flags = 0, Length = c` of -v and -dump: only the words below are localised. */
const EXTENSION = /^\s+(\d+(?:\.\d+)+): \S.*=/;
const OID = /\((\d+(?:\.\d+)+)\)\s*$/;
const USAGE = '2.5.29.37';
const CONSTRAINTS = '2.5.29.19';

/** Usages and whether it is a CA; null and false where all extensions were printed and these are not among them. */
function extensionsIn(lines: readonly Line[], closed: boolean): Pick<Listed, 'usages' | 'isCa'> {
  const heads = lines.flatMap(({ text }, at) => {
    const oid = EXTENSION.exec(text)?.[1];
    return oid === undefined ? [] : [{ oid, at }];
  });
  if (heads.length === 0) return {};
  const below = (oid: string): string[] | null => {
    const i = heads.findIndex((one) => one.oid === oid);
    return i < 0
      ? null
      : lines.slice(heads[i]!.at + 1, heads[i + 1]?.at ?? heads[i]!.at + 12).map(({ text }) => text);
  };
  const usages = below(USAGE)?.flatMap((text) => OID.exec(text)?.[1] ?? []);
  const constraints = below(CONSTRAINTS);
  return {
    ...(usages ? { usages } : closed ? { usages: null } : {}),
    ...(constraints
      ? { isCa: constraints.some((text) => /=\s*(?:CA|Zertifizierungsstelle)\b/.test(text)) }
      : closed
        ? { isCa: false }
        : {}),
  };
}

/** undefined where the text is cut before it could tell. */
function keyBelow(lines: readonly Line[], closed: boolean): boolean | undefined {
  if (lines.some(({ text }) => KEY_MISSING.test(text))) return false;
  const properties = lines.flatMap(({ text }) => PROPERTY.exec(text)?.[1] ?? []);
  const named =
    properties.length > 0 ? properties.includes('2') : lines.some(({ text }) => KEY_LINE.test(text));
  if (named) return true;
  return closed ? false : undefined;
}
