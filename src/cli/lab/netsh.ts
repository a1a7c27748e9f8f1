import { labDoor } from '../../lab/door.ts';
import type { LabCommand } from './context.ts';

/** Everything after `netsh` is netsh's own, --help included. */
export const command: LabCommand = {
  async run(argv, out, folder) {
    const { output, exitCode } = await labDoor(folder).run(['netsh', ...argv]);
    out.out(output.replaceAll('\r\n', '\n'));
    return exitCode;
  },
};
