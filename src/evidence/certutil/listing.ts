import type { Line } from '../../base/text.ts';
import type { StoreListing } from '../claims.ts';

/** One certificate's lines. */
export interface Block {
  readonly line: Line;
  /** Its number in the row of equal signs; null in a dump. */
  readonly number: number | null;
  readonly lines: Line[];
  /** Something of the listing follows: it is not cut off at its end. */
  closed: boolean;
}

/** One output of certutil; a transcript holds several. */
export interface Listing {
  readonly line: Line;
  readonly store?: string;
  readonly of?: StoreListing['of'];
  /** The command was echoed: then it is known whether it asked for the whole store. */
  readonly command?: { readonly filtered: boolean };
  readonly blocks: Block[];
  /** The last line, `CertUtil: -store …`, came and tells no error. */
  done: boolean;
}

const ROW = /^\s*={4,} (?:\S.*\S|\S) (\d{1,6}) ={4,}\s*$/;
/** 'X509 Certificate:', 'X509-Zertifikat:', 'Certificat X509 :'. */
const X509 = /^(?=.{0,40}$).*\bX\.?509(?![\d.]).*[:：]\s*$/i;
/** `Root "Trusted Root Certification Authorities"`: only the display name is localised. */
const HEADING = /^(\S(?:[^"=:]*\S)?) "[^"]+"\s*$/;
const COMMAND = /\bcertutil(?:\.exe)?["']?\s+(.*\B-(?:store|verifystore)\b.*)$/i;
const TRAILER = /^CertUtil: -\w+/;
const FAILED = /\b0x[0-9a-f]{8}\b/i;
const STORE_TRAILER = /^CertUtil: -store\b/i;
/** ERROR_FILE_NOT_FOUND */
const NO_STORE = /\b0x80070002\b/i;

export const isRow = (text: string): boolean => ROW.test(text);

/** Cuts a text into listings and blocks by what no language changes: rows of equal signs, X509, CertUtil. */
export function cutIntoBlocks(lines: readonly Line[]): Listing[] {
  const cut = new Cutting();
  for (const line of lines) cut.line(line);
  return cut.listings;
}

type Begun = Pick<Listing, 'store' | 'of' | 'command'>;

class Cutting {
  readonly listings: Listing[] = [];
  #begun: Begun = {};
  #listing: Listing | null = null;
  #block: Block | null = null;
  /** A dump has no rows. */
  #hasRows = false;

  line(line: Line): void {
    const command = COMMAND.exec(line.text)?.[1];
    const row = ROW.exec(line.text);
    if (command) this.#begin(asked(command));
    else if (TRAILER.test(line.text)) this.#finish(line);
    else if (row) {
      this.#hasRows = true;
      this.#open(line, Number(row[1]));
    } else if (!this.#hasRows && X509.test(line.text)) this.#open(line, null);
    else if (!this.#listing && HEADING.test(line.text)) {
      this.#begin({ ...this.#begun, store: HEADING.exec(line.text)![1]! });
    } else this.#take(line);
  }

  #begin(begun: Begun): void {
    this.#listing = null;
    this.#block = null;
    this.#hasRows = false;
    this.#begun = begun;
  }

  #open(line: Line, number: number | null): void {
    if (this.#block) this.#block.closed = true;
    this.#listing ??= this.#add(line);
    this.#block = { line, number, lines: [], closed: false };
    this.#listing.blocks.push(this.#block);
  }

  #add(line: Line): Listing {
    const listing = { line, ...this.#begun, blocks: [], done: false };
    this.listings.push(listing);
    return listing;
  }

  #take(line: Line): void {
    // The end of a dump whose begin is missing still has its hashes.
    if (!this.#block && HASH.test(line.text)) this.#open(line, null);
    this.#block?.lines.push(line);
  }

  #finish(line: Line): void {
    if (this.#block) this.#block.closed = true;
    // A store without certificates prints its heading at most, one that does not exist an error.
    if (!this.#listing && this.#begun.store !== undefined && STORE_TRAILER.test(line.text))
      this.#listing = this.#add(line);
    if (this.#listing)
      this.#listing.done =
        !FAILED.test(line.text) || (this.#listing.blocks.length === 0 && NO_STORE.test(line.text));
    this.#begin({});
  }
}

const HASH = /\((?:rfc-)?sha1\)[\s\u00ff]*[:：]\s*[0-9a-f]{2}/i;

/** What a command line asks for: `-user -store My 3` is one certificate of a user's store. */
function asked(command: string): Begun {
  const words = command.match(/"[^"]*"|\S+/g) ?? [];
  const [store, ...more] = words.slice(words.findIndex((word) => /^-(?:verify)?store$/i.test(word)) + 1);
  const has = (option: string): boolean => words.some((word) => word.toLowerCase() === option);
  const of = has('-user')
    ? 'user'
    : has('-enterprise')
      ? 'enterprise'
      : has('-grouppolicy')
        ? 'group-policy'
        : 'machine';
  return {
    of,
    ...(store === undefined ? {} : { store: store.replaceAll('"', '') }),
    command: { filtered: more.some((word) => !/^[|>]|^2>/.test(word)) },
  };
}
