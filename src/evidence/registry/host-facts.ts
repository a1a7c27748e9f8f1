import { buildOf } from '../../windows/builds.ts';
import { regText } from '../../windows/registry/reg-data.ts';
import { type Area, locusOf, valueIn } from './section.ts';

export const computerName: Area = {
  path: /^SYSTEM\\CurrentControlSet\\Control\\ComputerName\\(?:Active)?ComputerName$/i,
  read(section, _path, context) {
    const value = valueIn(section, 'ComputerName');
    const name = value ? regText(value.data, section.regedit4) : null;
    if (value && name) context.claim({ says: 'host-name', name, at: locusOf(context, value) });
  },
};

/** The release, of servers only: a client of the same number is another product. */
export const currentVersion: Area = {
  path: /^SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion$/i,
  read(section, _path, context) {
    const text = (name: string): string => {
      const value = valueIn(section, name);
      return (value && regText(value.data, section.regedit4)) ?? '';
    };
    const value = valueIn(section, 'CurrentBuild') ?? valueIn(section, 'CurrentBuildNumber');
    const build = buildOf(text(value?.name ?? ''));
    if (value && build && /^Server/i.test(text('InstallationType')))
      context.claim({ says: 'build', build, at: locusOf(context, value) });
  },
};
