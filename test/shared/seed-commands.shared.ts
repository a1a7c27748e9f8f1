import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { typeInLab } from '../../src/lab/door.ts';
import scenario from '../../src/lab/scenarios/renewal-lost-ctl-store.ts';
import { setUp } from '../../src/lab/set-up.ts';
import { tempFolder } from '../lab/support.ts';

// The command lines of the article, cut out of its text and typed unchanged but for the hash.

const seed = path.join(import.meta.dirname, '../../../shared/seed.txt');
const article = existsSync(seed) ? readFileSync(seed, 'utf8') : null;

/** Lines that begin with a program or a cmdlet, and those that they are continued on. */
function commandLines(text: string): string[] {
  const found = text.match(/^(?:certutil|netsh|Get-ChildItem)\b(?:[^\n]*\^\n)*[^\n]*$/gm) ?? [];
  return found.map((one) => one.trim());
}

describe.skipIf(article === null)('the command lines of the article', () => {
  test('do what it says', async () => {
    const [error, show, stores, update, ...more] = commandLines(article!);
    expect(more).toEqual([]);
    const folder = await tempFolder();
    const type = async (text: string) => (await typeInLab(folder, text)).output;
    try {
      await setUp(folder, scenario, { port: 8443, now: Date.now(), broken: true });
      expect(await type(error!.replace('{error code}', '5'))).toContain('ERROR_ACCESS_DENIED');
      const listing = await type(show!);
      const hash = /Certificate Hash\s+: ([0-9a-f]{40})/.exec(listing)![1]!;
      expect(listing).toMatch(/Ctl Store Name\s+: \(null\)/);
      expect(await type(stores!)).toContain('Name : ClientAuthIssuer\r\n');
      const key = /hostnameport=(\S+)/.exec(update!)![1]!;
      const appid = /appid=(\S+)/.exec(update!)![1]!;
      await type(
        `netsh http add sslcert hostnameport=${key} certhash=${hash} certstorename=MY appid=${appid}`,
      );
      expect(await type(update!.replace(/certhash=\w+/, `certhash=${hash}`))).toContain(
        'successfully updated',
      );
      expect(await type(`${show} hostnameport=${key}`)).toMatch(/Ctl Store Name\s+: ClientAuthIssuer/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
