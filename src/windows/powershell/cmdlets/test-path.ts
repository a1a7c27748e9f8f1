import { answerOf } from '../../../base/known.ts';
import { registryKey } from '../../registry/view.ts';
import { heldIn } from '../../stores/held.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { readPath } from '../paths.ts';
import { listOf } from '../values.ts';

/** `Test-Path` on stores, certificates and keys. */
const testPath: Cmdlet = {
  name: 'Test-Path',
  positional: ['path'],
  parameters: ['literalpath'],
  run({ parameters, world }) {
    return listOf(parameters.get('path') ?? parameters.get('literalpath') ?? null).map((typed) => {
      const path = readPath(typed);
      if (path.is === 'registry') return registryKey(world.host, path.path) !== undefined;
      if (path.is !== 'store' && path.is !== 'certificate') return true;
      const held = answerOf(heldIn(world.host, path.store));
      if (path.is === 'store' || !held) return held !== undefined;
      return held.some((one) => one.thumbprint.toLowerCase() === path.thumbprint.toLowerCase());
    });
  },
};
export default testPath;
