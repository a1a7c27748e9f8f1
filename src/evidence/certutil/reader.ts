import { decodeText, type Line, LineReader } from '../../base/text.ts';
import type { StoreListing } from '../claims.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { cutIntoBlocks, isRow, type Listing } from './listing.ts';
import { readBlock } from './read-block.ts';
import { revocationChecks, verificationsIn } from './verification.ts';

/** Text of `certutil -store`, `-v -store` and `-dump` in any language (domain 8.5). */
const reader: EvidenceReader = {
  kind: 'certutil',
  title: 'output of certutil',
  sniff(head) {
    const lines = decodeText(head).split('\n');
    const row = lines.findIndex((text) => isRow(text));
    const near = lines.slice(row + 1, row + 12);
    if (row >= 0 && near.some((text) => /[:：]\s*[0-9a-f]{2,}\s*$/i.test(text))) return 'certain';
    if (lines.some((text) => /^CertUtil: -\w+|^\s*CertContext\[\d+\]\[\d+\]:/.test(text))) return 'likely';
    return lines.some((text) => /\(sha1\)[\s\u00a0\u00ff]*[:：]\s*(?:[0-9a-f]{2} ?){20}\s*$/i.test(text))
      ? 'likely'
      : 'no';
  },
  among:
    /^[ \t]*={4,} .{0,60}\d ={4,}[ \t]*\r?$|^CertUtil: -\w|^[ \t]*CertContext\[\d+\]\[\d+\]:|\(sha1\)[\s\u00a0]*[:：]\s*[0-9a-f]{2} ?[0-9a-f]{2}/im,
  open(context) {
    const lines: Line[] = [];
    let skipped = 0;
    const text = new LineReader((line) => {
      if (lines.length < MOST_LINES) lines.push(line);
      else skipped++;
    });
    return {
      push: (chunk) => text.push(chunk),
      end() {
        text.end();
        readListings(lines, skipped > 0, context);
      },
    };
  },
};
export default reader;

/** Verbose, a certificate has some hundred lines. */
const MOST_LINES = 400_000;

function readListings(lines: readonly Line[], cut: boolean, context: ReadContext): void {
  const { source } = context;
  const note = (line: Line | undefined, message: string): void =>
    context.note({ at: line ? lineLocus(source, line) : { source }, message });
  const checks = readVerifications(lines, context);
  const listings = cutIntoBlocks(withoutVerifications(lines));
  for (const listing of listings) {
    const certificates = listing.blocks.map((block) => ({
      ...readBlock(block),
      at: lineLocus(source, block.line),
    }));
    const { line, store, of } = listing;
    const whole = !cut && isWhole(listing) && certificates.every((one) => one.thumbprint !== undefined);
    const claim: StoreListing = {
      says: 'store-listing',
      ...(store === undefined ? {} : { store }),
      ...(of === undefined ? {} : { of }),
      whole,
      certificates,
      at: lineLocus(source, line),
    };
    context.claim(claim);
    const unread = certificates.filter((one) => one.thumbprint === undefined).length;
    if (unread > 0) note(line, `${unread} certificates of it have no readable SHA-1 hash: cut or redacted`);
    if (!whole && store !== undefined)
      note(
        line,
        `not taken for the whole store ${store}: give certutil -store ${store}, unfiltered, to its end`,
      );
  }
  if (cut) note(lines.at(-1), `more than ${MOST_LINES} lines: the rest was not read`);
  for (const line of lines) {
    const failed = /^CertUtil: -(\w+).*\b(0x[0-9a-f]{8})\b/i.exec(line.text);
    if (failed) note(line, `certutil -${failed[1]} failed with ${failed[2]}`);
  }
  if (listings.length + checks === 0 && !lines.some(({ text }) => /^CertUtil: -/.test(text)))
    note(lines[0], 'no certificate in it: give the output of certutil -store NAME');
}

/** How many checks for revocation were told. */
function readVerifications(lines: readonly Line[], context: ReadContext): number {
  const checks = verificationsIn(lines, isRow).flatMap(({ from, to }) =>
    revocationChecks(lines.slice(from, to + 1), context.source),
  );
  for (const check of checks) context.claim(check);
  return checks.length;
}

/** Their hashes of names and keys are none of a listed certificate. */
function withoutVerifications(lines: readonly Line[]): readonly Line[] {
  const parts = verificationsIn(lines, isRow);
  return parts.length === 0
    ? lines
    : lines.filter((_, i) => !parts.some(({ from, to }) => i >= from && i <= to && !isLast(lines, to, i)));
}

const isLast = (lines: readonly Line[], to: number, i: number): boolean =>
  i === to && /^CertUtil: -/.test(lines[i]!.text);

/**
 * All numbers from 0 on and the closing line. One certificate alone may have been asked for by its number, so that it
 * counts only where the command stands above it.
 */
function isWhole({ done, blocks, command }: Listing): boolean {
  if (!done || command?.filtered) return false;
  if (!blocks.every((block, i) => block.number === i)) return false;
  return blocks.length !== 1 || command !== undefined;
}
