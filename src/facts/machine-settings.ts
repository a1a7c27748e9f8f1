import type { MachineSetting, MachineSettingName } from '../evidence/claims.ts';
import type { Subject } from './question.ts';

/** A value of this host beside IIS and the SCHANNEL values of the model, where it was read. */
export const machineSetting = (
  { picture, host }: Subject,
  name: MachineSettingName,
): MachineSetting | undefined =>
  (picture.machineSettings ?? []).find((one) => one.name === name && one.host === host.name);
