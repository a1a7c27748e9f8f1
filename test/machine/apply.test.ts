import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { known, unknown } from '../../src/base/known.ts';
import { planChange } from '../../src/changes/index.ts';
import { type ApplyOptions, applySteps, type Progress, undo } from '../../src/machine/apply.ts';
import { openJournal, readJournal } from '../../src/machine/journal.ts';
import type { Machine, Ran } from '../../src/machine/machine.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost, type Host, withBinding, withSchannel } from '../../src/windows/host.ts';
import { newRecord, withFields } from '../../src/windows/http-sys/record.ts';

const KEY = { kind: 'hostnameport', value: 'www.example.com:443' } as const;
const HASH = 'a1'.repeat(20);

function lostHost(): Host {
  const record = newRecord(KEY, 'D', {
    appid: '{4dc3e181-e14b-4a21-b022-59fc669b0914}',
    certhash: HASH,
    certstorename: 'My',
    clientcertnegotiation: true,
  });
  const bare: Host = { ...emptyHost('WEB01'), build: known('2022'), bindings: known([]) };
  return withSchannel(withBinding(bare, record), { sendTrustedIssuerList: known(1) });
}

/** A machine that is the model, and breaks where a test says so. */
function fakeMachine(start: Host, breaks: { on?: (argv: readonly string[]) => Ran | Host | null } = {}) {
  let host = start;
  const ran: string[] = [];
  const machine: Machine = {
    title: 'the fake',
    canWrite: true,
    async run(argv) {
      ran.push(argv.join(' '));
      const broken = breaks.on?.(argv) ?? null;
      if (broken && 'exitCode' in broken) return broken;
      const result = commands[argv[0]!]!(argv.slice(1), host);
      host = broken ?? result.host;
      return result;
    },
    collect: async () => [],
  };
  return {
    machine,
    ran,
    host: () => host,
    set: (next: Host) => {
      host = next;
    },
  };
}

const recordsOf = (host: Host) => (host.bindings.is === 'known' ? host.bindings.value : []);
const stores = (host: Host) => recordsOf(host).map((one) => one.fields.sslctlstorename);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-apply-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const optionsFor = (
  fake: ReturnType<typeof fakeMachine>,
  planned: Host,
  more: Partial<ApplyOptions> = {},
): ApplyOptions => ({
  journal: openJournal(folder),
  planned,
  readBack: async () => fake.host(),
  now: () => Date.UTC(2026, 10, 25),
  ...more,
});

const setStore = (host: Host) =>
  planChange({ kind: 'http-sys/set-binding', key: KEY, set: { sslctlstorename: 'ClientAuthIssuer' } }, host);
const switchListOff = (host: Host) =>
  planChange({ kind: 'schannel/set', name: 'SendTrustedIssuerList', value: 0 }, host);

describe('a change that comes out as foreseen', () => {
  test('is applied, read back and closed in the journal', async () => {
    const fake = fakeMachine(lostHost());
    const stages: Progress['stage'][] = [];
    const result = await applySteps(fake.machine, [setStore(lostHost())], {
      ...optionsFor(fake, lostHost()),
      probe: async () => null,
      onProgress: ({ stage }) => stages.push(stage),
    });
    expect(result).toMatchObject({ outcome: 'applied', exitCode: 0 });
    expect(stages).toEqual(['read', 'journal', 'run', 'read-back', 'probe']);
    expect(stores(fake.host())).toMatchObject([{ value: 'ClientAuthIssuer' }]);
    const [line] = await readJournal(path.join(folder, 'journal.jsonl'));
    expect(line).toMatchObject({ ending: 'applied', entry: { machine: 'the fake' } });
    expect(line!.entry.before).toContain('Ctl Store Name               : (null)');
  });

  test('is in the journal before the machine is touched', async () => {
    let journalled = '';
    const fake = fakeMachine(lostHost(), {
      on: (argv) => {
        if (argv[2] === 'update') throw new Error('the machine died');
        return null;
      },
    });
    const { run } = fake.machine;
    const machine: Machine = {
      ...fake.machine,
      async run(argv) {
        if (argv[2] === 'update') journalled = await readFile(path.join(folder, 'journal.jsonl'), 'utf8');
        return run(argv);
      },
    };
    await applySteps(machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
    expect(JSON.parse(journalled).entry.commands).toEqual(setStore(lostHost()).commands);
  });

  test('may take several steps, each on what the one before left', async () => {
    const fake = fakeMachine(lostHost());
    const steps = [setStore(lostHost()), switchListOff(lostHost())];
    const result = await applySteps(fake.machine, steps, optionsFor(fake, lostHost()));
    expect(result.outcome).toBe('applied');
    expect(fake.host().schannel.sendTrustedIssuerList).toMatchObject({ value: 0 });
  });
});

describe('nothing is changed', () => {
  const refused = async (
    fake: ReturnType<typeof fakeMachine>,
    planned: Host,
    steps = [setStore(planned)],
  ) => {
    const result = await applySteps(fake.machine, steps, optionsFor(fake, planned));
    expect(result).toMatchObject({ outcome: 'refused', exitCode: 3 });
    expect(fake.ran.filter((line) => !line.includes(' show '))).toEqual([]);
    expect(await readJournal(path.join(folder, 'journal.jsonl'))).toEqual([]);
    return result;
  };

  test('when the record changed since the plan was made', async () => {
    const [record] = recordsOf(lostHost());
    const fake = fakeMachine(withBinding(lostHost(), withFields(record!, { certhash: 'b2'.repeat(20) })));
    const { says } = await refused(fake, lostHost());
    expect(says).toContain('it has changed since the plan was made');
    expect(says).toContain('certhash');
  });

  test('when the record is gone', async () => {
    const fake = fakeMachine({ ...lostHost(), bindings: known([]) });
    expect((await refused(fake, lostHost())).says).toMatch(/netsh would fail/);
  });

  test('when the plan itself says no', async () => {
    const host = lostHost();
    const [record] = recordsOf(host);
    const unread = withBinding(host, {
      ...record!,
      fields: { ...record!.fields, usagecheck: unknown('a whole listing') },
    });
    const fake = fakeMachine(unread);
    expect((await refused(fake, unread)).says).toContain('could not be read');
  });

  test('through a door that only reads', async () => {
    const fake = fakeMachine(lostHost());
    const result = await applySteps(
      { ...fake.machine, canWrite: false },
      [setStore(lostHost())],
      optionsFor(fake, lostHost()),
    );
    expect(result).toMatchObject({ outcome: 'refused', says: expect.stringContaining('can only be read') });
  });

  test('by a command whose effect the model does not know', async () => {
    const step = { ...setStore(lostHost()), commands: [['appcmd', 'set', 'config']] };
    expect((await refused(fakeMachine(lostHost()), lostHost(), [step])).says).toContain('cannot be foreseen');
  });
});

describe('a change that fails', () => {
  test('is put back when the command says so', async () => {
    const fake = fakeMachine(lostHost(), {
      on: ([program, , verb]) =>
        program === 'netsh' && verb === 'update'
          ? { exitCode: 1, output: '\r\nThe parameter is incorrect.\r\n' }
          : null,
    });
    const result = await applySteps(fake.machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 3 });
    expect(result.says).toContain('The parameter is incorrect.');
    expect(stores(fake.host())).toMatchObject([{ value: undefined }]);
  });

  test('is put back when netsh says yes and did no', async () => {
    const fake = fakeMachine(lostHost(), {
      on: (argv) =>
        argv[2] === 'update' ? { exitCode: 0, output: 'SSL Certificate successfully updated' } : null,
    });
    const result = await applySteps(fake.machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 3 });
    expect(result.differences).toMatchObject([
      { what: expect.stringContaining('sslctlstorename'), expected: 'clientauthissuer', seen: '(null)' },
    ]);
  });

  test('is put back when more than it came out', async () => {
    const fake = fakeMachine(lostHost(), {
      on: (argv) => {
        if (argv[2] !== 'update') return null;
        const [record] = recordsOf(lostHost());
        return withBinding(
          lostHost(),
          withFields(record!, { sslctlstorename: 'ClientAuthIssuer', clientcertnegotiation: false }),
        );
      },
    });
    const result = await applySteps(fake.machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 3 });
    expect(fake.host().bindings).toMatchObject({
      value: [{ fields: { clientcertnegotiation: { value: true }, sslctlstorename: { value: undefined } } }],
    });
  });

  test('takes the steps before it back too', async () => {
    const fake = fakeMachine(lostHost());
    const isWrite = (argv: readonly string[]) => argv[0] === 'reg' && argv.includes('0');
    const { run } = fake.machine;
    const machine: Machine = {
      ...fake.machine,
      run: async (argv) => (isWrite(argv) ? { exitCode: 1, output: 'ERROR: Access is denied.' } : run(argv)),
    };
    const steps = [setStore(lostHost()), switchListOff(lostHost())];
    const result = await applySteps(machine, steps, optionsFor(fake, lostHost()));
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 3 });
    expect(stores(fake.host())).toMatchObject([{ value: undefined }]);
    const journal = await readJournal(path.join(folder, 'journal.jsonl'));
    expect(journal.map((one) => one.ending)).toEqual(['undone', 'undone']);
  });

  test('is put back when the wire does not show it', async () => {
    const fake = fakeMachine(lostHost());
    const result = await applySteps(fake.machine, [setStore(lostHost())], {
      ...optionsFor(fake, lostHost()),
      probe: async () => 'the list still names two roots',
    });
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 3 });
    expect(result.says).toContain('the list still names two roots');
  });

  test('says so when it cannot be put back', async () => {
    const fake = fakeMachine(lostHost(), {
      on: (argv) =>
        argv[2] === 'delete' || argv[2] === 'add' ? { exitCode: 1, output: 'Access is denied.' } : null,
    });
    const result = await applySteps(fake.machine, [setStore(lostHost())], {
      ...optionsFor(fake, lostHost()),
      probe: async () => 'it is worse',
    });
    expect(result).toMatchObject({ outcome: 'incomplete', exitCode: 4 });
    expect(result.says).toContain('NOT all put back');
    expect(result.says).toContain('journal.jsonl');
    const [line] = await readJournal(path.join(folder, 'journal.jsonl'));
    expect(line!.ending).toBe('not-undone');
  });
});

test('an entry of the journal is enough to undo a change later', async () => {
  const fake = fakeMachine(lostHost());
  await applySteps(fake.machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
  const [line] = await readJournal(path.join(folder, 'journal.jsonl'));
  expect(await undo(fake.machine, line!.entry)).toBeNull();
  expect(stores(fake.host())).toMatchObject([{ value: undefined }]);
});

test('undoing tells what is not as it was', async () => {
  const fake = fakeMachine(lostHost());
  await applySteps(fake.machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
  const [line] = await readJournal(path.join(folder, 'journal.jsonl'));
  const entry = { ...line!.entry, undo: [] };
  expect(await undo(fake.machine, entry)).toMatch(/Ctl Store Name.*\(null\).*is now.*ClientAuthIssuer/);
});

test('a journal with a torn last line still tells the rest', async () => {
  const fake = fakeMachine(lostHost());
  await applySteps(fake.machine, [setStore(lostHost())], optionsFor(fake, lostHost()));
  const file = path.join(folder, 'journal.jsonl');
  await appendFile(file, '{"entry":{"id":"x","at"');
  expect(await readJournal(file)).toMatchObject([{ ending: 'applied' }]);
});
