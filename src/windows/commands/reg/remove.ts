import { keyOf } from '../../registry/registry.ts';
import { registryKey } from '../../registry/view.ts';
import { removeRegistryKey, removeRegistryValue } from '../../registry/write.ts';
import type { CommandResult } from '../command.ts';
import { isThere } from './add.ts';
import { because, type Call, done, namedValue, notFound, say } from './call.ts';

/** `reg delete KEY [/v NAME | /ve | /va] [/f]`. Without /f it asks, and nobody answers here. */
export function remove(call: Call): CommandResult {
  const { host, path, options } = call;
  const name = namedValue(call);
  if (name !== undefined) {
    if (!isThere(host, path, name)) return notFound(host);
    if (!options.has('f')) return say(host, 1, `Delete the registry value ${name} (Yes/No)?`);
    return done(removeRegistryValue(host, path, name, because(call)));
  }
  const key = registryKey(host, path);
  if (!key) return notFound(host);
  if (options.has('va')) {
    if (!options.has('f')) return say(host, 1, `Delete all values under the registry key ${path} (Yes/No)?`);
    return done(
      key.values.reduce((all, one) => removeRegistryValue(all, path, one.name, because(call)), host),
    );
  }
  if (!options.has('f')) return say(host, 1, `Permanently delete the registry key ${path} (Yes/No)?`);
  const after = removeRegistryKey(host, path);
  // A key that only the model shows is not in the host's own part.
  return after.registry?.has(keyOf(path)) ? say(host, 1, 'ERROR: Access is denied.') : done(after);
}
