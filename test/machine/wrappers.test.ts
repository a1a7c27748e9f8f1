import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/known.ts';
import { dryRun } from '../../src/machine/dry-run.ts';
import { type Machine, onlyReads } from '../../src/machine/machine.ts';
import { readOnly } from '../../src/machine/read-only.ts';
import { recording, replaying } from '../../src/machine/recording.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost } from '../../src/windows/host.ts';

function plainMachine() {
  const ran: string[] = [];
  const machine: Machine = {
    title: 'the plain one',
    canWrite: true,
    run: async (argv) => {
      ran.push(argv.join(' '));
      return { exitCode: 0, output: `ran ${argv.join(' ')}` };
    },
    collect: async () => [{ name: 'a.txt', bytes: Uint8Array.of(1) }],
  };
  return { machine, ran };
}

test('what only reads is known by its first words, in any case', () => {
  expect(onlyReads(['NETSH.exe', 'http', 'Show', 'sslcert'])).toBe(true);
  expect(onlyReads(['netsh', 'http', 'add', 'sslcert'])).toBe(false);
  expect(onlyReads(['reg', 'query', 'HKLM\\X'])).toBe(true);
  expect(onlyReads(['powershell', '-Command', 'Get-Item'])).toBe(false);
});

describe('read-only', () => {
  test('lets reading through and refuses the rest before it runs', async () => {
    const { machine, ran } = plainMachine();
    const door = readOnly(machine);
    expect(door.canWrite).toBe(false);
    expect((await door.run(['netsh', 'http', 'show', 'sslcert'])).output).toBe('ran netsh http show sslcert');
    await expect(door.run(['netsh', 'http', 'delete', 'sslcert'])).rejects.toThrow(
      /would change the plain one/,
    );
    expect(ran).toEqual(['netsh http show sslcert']);
    expect(await door.collect()).toHaveLength(1);
  });
});

describe('recording', () => {
  test('is replayed in its order, and makes nothing up', async () => {
    const { machine } = plainMachine();
    const { machine: door, transcript } = recording(machine);
    await door.run(['netsh', 'http', 'show', 'sslcert']);
    await door.collect();
    const again = replaying(transcript());
    await expect(again.run(['netsh', 'http', 'delete', 'sslcert'])).rejects.toThrow(
      /the recording has netsh http show/,
    );
    expect((await again.run(['netsh', 'http', 'show', 'sslcert'])).output).toBe(
      'ran netsh http show sslcert',
    );
    expect(await again.collect()).toEqual([{ name: 'a.txt', bytes: Uint8Array.of(1) }]);
    await expect(again.collect()).rejects.toThrow(/no further collection/);
  });
});

describe('dry run', () => {
  const host = { ...emptyHost('WEB01'), build: known('2022' as const), bindings: known([]) };
  const add = [
    'netsh',
    'http',
    'add',
    'sslcert',
    'ipport=0.0.0.0:443',
    `certhash=${'a1'.repeat(20)}`,
    'appid={4dc3e181-e14b-4a21-b022-59fc669b0914}',
  ];

  test('changes the model and never the machine', async () => {
    const { machine, ran } = plainMachine();
    const rehearsal = dryRun(machine, host, commands);
    expect((await rehearsal.machine.run(add)).exitCode).toBe(0);
    const shown = await rehearsal.machine.run(['netsh', 'http', 'show', 'sslcert']);
    expect(shown.output).toContain('0.0.0.0:443');
    expect(ran).toEqual([]);
    expect(rehearsal.ran()).toEqual([add]);
    expect(rehearsal.host().bindings).toMatchObject({ value: [{ key: { value: '0.0.0.0:443' } }] });
  });

  test('asks the machine what the model cannot show, and runs nothing else there', async () => {
    const { machine, ran } = plainMachine();
    const rehearsal = dryRun(machine, host, commands);
    await rehearsal.machine.run(['certutil', '-store', 'Root']);
    expect((await rehearsal.machine.run(['certutil', '-delstore', 'Root', '1'])).exitCode).toBe(1);
    expect(ran).toEqual(['certutil -store Root']);
  });
});
