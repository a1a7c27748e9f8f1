import { answerOf, type Known } from '../base/known.ts';
import { bindingByKey, type Host } from '../windows/host.ts';
import { BINDING_FIELDS, type BindingField } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import type { Rebinder } from '../windows/rebinders/rebinder.ts';
import { openPki, readPki } from './pki.ts';
import { bindRenewed } from './renewal.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { absent, changeHost, replaceHost } from './state.ts';

/** Makes the folder's host anew: that of the scenario while all is well, or after what the scenario breaks. */
export async function setUp(
  folder: string,
  scenario: Scenario,
  { port, now, broken }: { port: number; now: number; broken: boolean },
): Promise<Host> {
  const setting = { pki: await openPki(folder, now), port, now };
  const healthy = await scenario.healthy(setting);
  return replaceHost(folder, broken ? await scenario.breakIt(healthy, setting) : healthy);
}

/** A field that a renewal changed beside the certificate itself. */
export interface Lost {
  readonly key: string;
  readonly field: BindingField;
  readonly was: string;
  readonly is: string;
}

/** Renews the server certificate and binds it as the tool does; tells what else that changed. */
export async function renew(
  folder: string,
  rebinder: Rebinder,
  now: number,
): Promise<{ thumbprint: string; lost: readonly Lost[] }> {
  const pki = await readPki(folder);
  if (!pki) throw absent(folder);
  const renewed = await pki.issueServer(now);
  let lost: Lost[] = [];
  await changeHost(folder, (host) => {
    const after = bindRenewed(host, renewed, rebinder);
    lost = lostFields(host, after);
    return after;
  });
  return { thumbprint: renewed.thumbprint, lost };
}

/** The two that a renewal is about. */
const RENEWED: readonly BindingField[] = ['certhash', 'certstorename'];

function lostFields(before: Host, after: Host): Lost[] {
  return answerOf(before.bindings).flatMap(({ key, fields }) => {
    const now = answerOf(bindingByKey(after, key))?.fields ?? {};
    const names = BINDING_FIELDS.map((row) => row.name).filter((name) => !RENEWED.includes(name));
    return names.flatMap((field) => {
      const [was, is] = [textOf(fields[field]), textOf(now[field])];
      return was === is ? [] : [{ key: printKey(key), field, was, is }];
    });
  });
}

function textOf(leaf: Known<unknown> | undefined): string {
  return leaf ? String(answerOf(leaf) ?? '(null)') : '-';
}
