import type { EvidenceFile, Machine, Ran } from './machine.ts';

/** What went through a door, in order. */
export interface Transcript {
  readonly title: string;
  readonly runs: readonly { readonly argv: readonly string[]; readonly ran: Ran }[];
  readonly collections: readonly (readonly EvidenceFile[])[];
}

/** The same host, and a record of all that was asked of it. */
export function recording(machine: Machine): { readonly machine: Machine; transcript(): Transcript } {
  const runs: { argv: readonly string[]; ran: Ran }[] = [];
  const collections: (readonly EvidenceFile[])[] = [];
  return {
    machine: {
      title: machine.title,
      canWrite: machine.canWrite,
      async run(argv) {
        const ran = await machine.run(argv);
        runs.push({ argv: [...argv], ran });
        return ran;
      },
      async collect() {
        const files = await machine.collect();
        collections.push(files);
        return files;
      },
    },
    transcript: () => ({ title: machine.title, runs: [...runs], collections: [...collections] }),
  };
}

/** Answers from a transcript, in its order; a question that it does not hold is refused, not made up. */
export function replaying(transcript: Transcript): Machine {
  let run = 0;
  let collection = 0;
  return {
    title: transcript.title,
    canWrite: false,
    async run(argv) {
      const next = transcript.runs[run];
      if (!next || next.argv.join('\0') !== argv.join('\0')) {
        throw new NotRecorded(
          `${argv.join(' ')}: the recording has ${next?.argv.join(' ') ?? 'nothing'} here`,
        );
      }
      run++;
      return next.ran;
    },
    async collect() {
      const files = transcript.collections[collection++];
      if (!files) throw new NotRecorded('the recording holds no further collection');
      return files;
    },
  };
}

class NotRecorded extends Error {}
