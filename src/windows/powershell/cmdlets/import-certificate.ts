import { answerOf, Unanswered } from '../../../base/known.ts';
import { readCertificates } from '../../commands/certutil/read-certificates.ts';
import { withStore } from '../../host.ts';
import { heldIn } from '../../stores/held.ts';
import { spelledStore } from '../../stores/names.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { certificateObject } from '../objects.ts';
import { readPath } from '../paths.ts';
import { PsError, textOf } from '../values.ts';

/** `Import-Certificate -FilePath F -CertStoreLocation Cert:\LocalMachine\X`: shows what it put there. */
const importCertificate: Cmdlet = {
  name: 'Import-Certificate',
  positional: ['filepath'],
  parameters: ['certstorelocation'],
  unverified: 'the text of its errors',
  run({ parameters, world }) {
    const file = textOf(parameters.get('filepath') ?? '');
    const path = readPath(parameters.get('certstorelocation') ?? 'Cert:\\LocalMachine\\My');
    if (path.is !== 'store') throw new PsError('-CertStoreLocation names no store.');
    if (!world.context.read || !world.context.digest)
      throw new Unanswered(`what Import-Certificate adds: the file ${file} is not at hand`);
    const bytes = world.context.read(file);
    if (!bytes)
      throw new PsError(
        'The system cannot find the file specified. 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)',
      );
    const added = readCertificates(bytes, world.context);
    if (!added)
      throw new PsError('Cannot find the requested object. 0x80092009 (-2146885623 CRYPT_E_NO_MATCH)');
    const because = [{ source: `foreseen: Import-Certificate ${file}` }];
    const held = answerOf(heldIn(world.host, path.store)) ?? [];
    const fresh = added
      .filter(({ thumbprint }) => !held.some((one) => one.thumbprint.toLowerCase() === thumbprint))
      .map((one) => ({ ...one, because }));
    world.host = withStore(world.host, path.store, [...held, ...fresh], because);
    return added.map((one) => certificateObject(spelledStore(path.store), { ...one, because }, world));
  },
};
export default importCertificate;
