import { answerOf, Unanswered } from '../../../base/known.ts';
import { withStore } from '../../host.ts';
import { registryKey } from '../../registry/view.ts';
import { removeRegistryKey } from '../../registry/write.ts';
import { heldIn } from '../../stores/held.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { notFound, readPath } from '../paths.ts';
import { isObject, listOf, type PsValue, property, textOf, type World } from '../values.ts';

/** `Remove-Item Cert:\LocalMachine\Store\THUMBPRINT`, also through the pipeline, and keys of the registry. */
const removeItem: Cmdlet = {
  name: 'Remove-Item',
  aliases: ['ri', 'rm', 'del'],
  positional: ['path'],
  parameters: ['literalpath'],
  switches: ['force', 'recurse', 'deletekey', 'whatif'],
  run({ parameters, input, world }) {
    const given = listOf(parameters.get('path') ?? parameters.get('literalpath') ?? null);
    const paths =
      given.length > 0 ? given : input.map((one) => (isObject(one) ? property(one, 'PSPath') : one));
    for (const path of paths) if (parameters.get('whatif') !== true) remove(path, world);
    return [];
  },
};
export default removeItem;

function remove(typed: PsValue, world: World): void {
  const path = readPath(typed);
  if (path.is === 'registry') {
    if (!registryKey(world.host, path.path)) throw notFound(textOf(typed));
    world.host = removeRegistryKey(world.host, path.path);
    return;
  }
  if (path.is !== 'certificate')
    throw new Unanswered(
      `what becomes of a Windows without ${textOf(typed)}: the lab removes certificates and keys`,
    );
  const held = answerOf(heldIn(world.host, path.store)) ?? [];
  const left = held.filter((one) => one.thumbprint.toLowerCase() !== path.thumbprint.toLowerCase());
  if (left.length === held.length) throw notFound(textOf(typed));
  world.host = withStore(world.host, path.store, left);
}
