import { chmod, writeFile } from 'node:fs/promises';
import type { Command, OptionValues } from 'commander';
import type { WhyTools } from '../app/why.ts';
import { probe } from '../net/probe.ts';
import { escapeTerminal as clean } from '../report/escape.ts';
import type { Language } from '../report/lang/language.ts';
import type { Recording } from '../wire/capture/recording.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

export interface TapeOptions extends OptionValues {
  wire?: boolean;
  pcap?: string;
  keylog?: string;
}

export const addTapeOptions = (command: Command): Command =>
  command
    .option('--wire', 'show what was exchanged, byte by byte with names')
    .option('--pcap <file>', 'write what was exchanged for Wireshark (pcapng)')
    .option(
      '--keylog <file>',
      'write the keys that open it (NSS key log); with --pcap they are in there, too',
    );

/** Records the connections of a run, and tells of them at its end. */
export interface Tape {
  readonly probe: WhyTools['probe'];
  /** `apart`: stdout holds a document that nothing else may stand in. */
  end(out: Output, apart: boolean): Promise<void>;
}

/** One answer is recorded, not one after the other without end. */
const UNFIT = ['targets', 'watch'] as const;

/** Loads what records only where something is to be recorded. */
export async function tapeFor(options: TapeOptions, language: Language): Promise<Tape> {
  if (!options.wire && !options.pcap && !options.keylog) return { probe, end: async () => undefined };
  const unfit = UNFIT.find((name) => options[name] !== undefined);
  if (unfit) throw new UsageError(`--${unfit} with --wire, --pcap or --keylog`, 'record one answer');
  const { Recorder } = await import('../net/recorder.ts');
  const recorder = new Recorder();
  return {
    // Whoever keeps what was exchanged wants the whole of it, and keys that open it.
    probe: recorder.wrap((target, asked) => probe(target, { ...asked, untilRequest: false })),
    end: async (out, apart) => {
      const { recordings } = recorder;
      const tell = (id: string, file: string): void =>
        out.err(`${clean(language.say(id, { file, count: recordings.length }))}\n`);
      if (options.wire) await showWire(recordings, apart, out);
      if (options.pcap) {
        await writePcap(options.pcap, recordings, options.keylog !== undefined);
        tell(options.keylog === undefined ? 'tape-capture' : 'tape-capture-keys', options.pcap);
      }
      if (options.keylog) {
        await writeKeys(options.keylog, recordings);
        tell('tape-keys', options.keylog);
      }
      if (recorder.isCut) out.err(`${language.say('tape-cut')}\n`);
    },
  };
}

async function showWire(recordings: readonly Recording[], apart: boolean, out: Output): Promise<void> {
  const { annotate } = await import('../wire/tls/annotate/annotate.ts');
  const { renderWire } = await import('../report/render/wire.ts');
  const views = recordings.map((recording) => ({
    title: `${printEnd(recording.local)} to ${printEnd(recording.remote)}`,
    messages: annotate(recording),
  }));
  (apart ? out.err : out.out)('\n');
  const text = renderWire(views, out.style);
  if (!apart) return out.pieces(text);
  for (const piece of text) out.err(piece);
}

const printEnd = ({ address, port }: Recording['local']): string => `${address} port ${port}`;

async function writePcap(
  file: string,
  recordings: readonly Recording[],
  withSecrets: boolean,
): Promise<void> {
  const { writeCapture } = await import('../wire/capture/pcapng-writer.ts');
  await writePrivate(file, writeCapture(recordings, { withSecrets }));
}

async function writeKeys(file: string, recordings: readonly Recording[]): Promise<void> {
  const { writeKeyLog } = await import('../wire/capture/key-log-writer.ts');
  await writePrivate(file, writeKeyLog(recordings));
}

/** For its owner alone, whoever could read it before. */
async function writePrivate(file: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(file, '', { mode: 0o600 });
    await chmod(file, 0o600);
    await writeFile(file, content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot write ${file}: ${why}`, 'give another file');
  }
}
