import type { Asks } from '../claims.ts';
import { type Dialect, listenOf, type OpenService, openService } from './dialect.ts';

/** stunnel: sections with `accept`; what stands above the first section holds for each. */
export const stunnel: Dialect = {
  marks: /^[ \t]*accept\s*=\s*\S*\d+\s*$/m,
  read(config) {
    const shared = new Map<string, Setting>();
    const sections: { readonly line: number; readonly settings: Map<string, Setting> }[] = [];
    for (const { text, number } of config.lines) {
      if (/^\s*\[[^\]]+\]\s*$/.test(text)) sections.push({ line: number, settings: new Map() });
      const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(text) ?? [];
      if (name)
        (sections.at(-1)?.settings ?? shared).set(name.toLowerCase(), { value: value!, line: number });
    }
    return sections.flatMap(({ line, settings }) => {
      const value = (option: string): Setting | undefined => settings.get(option) ?? shared.get(option);
      const accept = settings.get('accept');
      if (!accept || /^yes$/i.test(value('client')?.value ?? '')) return [];
      const service: OpenService = openService('stunnel', config.at(line), asksOf(value));
      Object.assign(service, listenOf(accept.value));
      const asked = value('verify') ?? value('verifychain') ?? value('verifypeer') ?? value('requirecert');
      if (asked) service.askedAt = config.at(asked.line);
      const trust = value('cafile')?.value ?? value('capath')?.value;
      if (trust) Object.assign(service, { trust, advertises: 'trust' });
      return [service];
    });
  },
};

interface Setting {
  readonly value: string;
  readonly line: number;
}

function asksOf(value: (option: string) => Setting | undefined): Asks {
  const isOn = (option: string): boolean => /^yes$/i.test(value(option)?.value ?? '');
  const level = Number(value('verify')?.value ?? 0);
  if (level >= 2 || isOn('verifychain') || isOn('verifypeer') || isOn('requirecert')) return 'required';
  return level === 1 ? 'optional' : 'never';
}
