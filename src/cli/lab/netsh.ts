import { labDoor } from '../../lab/door.ts';
import type { LabCommand } from './context.ts';
import { exitCodeOf, sayRan } from './ran.ts';

/** Everything after `netsh` is netsh's own, --help included. */
export const command: LabCommand = {
  async run(argv, out, folder) {
    const ran = await labDoor(folder).run(['netsh', ...argv]);
    sayRan(ran, out);
    return exitCodeOf(ran);
  },
};
