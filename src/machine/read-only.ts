import { type Machine, onlyReads } from './machine.ts';

/** The same host, and no way to change it: a command that would is refused before it runs. */
export function readOnly(machine: Machine): Machine {
  return {
    title: machine.title,
    canWrite: false,
    async run(argv) {
      if (!onlyReads(argv)) throw new ReadOnly(`${argv.join(' ')}: would change ${machine.title}`);
      return machine.run(argv);
    },
    collect: () => machine.collect(),
  };
}

/** A change was tried through a door that only reads: our own fault, never the user's. */
export class ReadOnly extends Error {}
