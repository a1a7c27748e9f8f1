import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';

export interface PemBlock {
  /** 'CERTIFICATE', 'ENCRYPTED PRIVATE KEY', … as it stands. */
  readonly label: string;
  readonly der: Uint8Array;
  /** 1-based line of its BEGIN. */
  readonly line: number;
  /** Header lines inside the block (RFC 1421 4.6: Proc-Type, DEK-Info), '' for most. */
  readonly headers: string;
}

export interface PemNote {
  readonly line: number;
  readonly message: string;
}

export interface PemText {
  readonly blocks: readonly PemBlock[];
  readonly notes: readonly PemNote[];
}

/** The blocks of a PEM text (RFC 7468, read leniently), whatever stands around them. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return readPem(text).blocks;
}

/** Blocks, and a note for each that is broken: no END, an END of another label, or no base64 inside. */
export function readPem(text: string): PemText {
  const blocks: PemBlock[] = [];
  const notes: PemNote[] = [];
  let open: OpenBlock | null = null;
  let number = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    number++;
    const boundary = BOUNDARY.exec(line);
    if (!boundary) {
      open?.lines.push(line);
      continue;
    }
    const [, kind, label = ''] = boundary;
    if (kind === 'BEGIN') {
      if (open) notes.push(unfinished(open));
      open = { label, line: number, lines: [] };
    } else if (open) {
      closeBlock(open, label, blocks, notes);
      open = null;
    } else {
      notes.push({ line: number, message: `END ${label} without its BEGIN; the block is left out` });
    }
  }
  if (open) notes.push(unfinished(open));
  return { blocks, notes };
}

// Leniently: text dumps indent the boundary, mail programs lose or add a dash.
const BOUNDARY = /^\s*-{4,6}\s*(BEGIN|END) ([^-]+?)\s*-{4,6}\s*$/;

interface OpenBlock {
  readonly label: string;
  readonly line: number;
  readonly lines: string[];
}

function closeBlock(open: OpenBlock, endLabel: string, blocks: PemBlock[], notes: PemNote[]): void {
  if (endLabel !== open.label) {
    notes.push({
      line: open.line,
      message: `BEGIN ${open.label} ends in END ${endLabel}; read all the same`,
    });
  }
  const { headers, body } = splitHeaders(open.lines);
  try {
    blocks.push({ label: open.label, der: fromBase64(body), line: open.line, headers });
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    notes.push({
      line: open.line,
      message: `${open.label}: its base64 is broken (${error.why}); export it again`,
    });
  }
}

const unfinished = ({ label, line }: OpenBlock): PemNote => ({
  line,
  message: `${label} begins here and never ends; the file is cut off, export it again`,
});

/** Headers stand first and continue on indented lines; a blank line parts them from the body. */
function splitHeaders(lines: readonly string[]): { headers: string; body: string } {
  const isHeader = (line: string): boolean => /^[A-Za-z][\w-]*:/.test(line);
  if (!lines[0] || !isHeader(lines[0])) return { headers: '', body: lines.join('\n') };
  const first = lines.findIndex((line, i) => i > 0 && !isHeader(line) && !/^[ \t]/.test(line));
  const split = first < 0 ? lines.length : first;
  return { headers: lines.slice(0, split).join('\n'), body: lines.slice(split).join('\n') };
}
