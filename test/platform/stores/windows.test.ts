import { expect, test } from 'vitest';
import type { Ran } from '../../../src/platform/stores/user-certificate.ts';
import { readWindowsStores } from '../../../src/platform/stores/windows.ts';
import { printName } from '../../../src/wire/x509/name.ts';
import { issue } from '../../support/pki.ts';

const root = issue({ subject: 'Root', ca: true });
const [ada, old] = ['ada', 'old'].map((subject) => issue({ subject, issuer: root }));
const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64');

/** What the script prints, on a console that mixes its own noise in. */
function printed(answer: unknown): string {
  const json = Buffer.from(JSON.stringify(answer), 'utf8').toString('base64');
  return `#< CLIXML\r\nhandclasp:${json}\r\n<Objs Version="1.1.0.1" />`;
}

const ANSWER = {
  my: [
    {
      where: 'CurrentUser\\My',
      raw: base64(ada!.der),
      hasPrivateKey: true,
      provider: 'Microsoft Base Smart Card Crypto Provider',
      name: 'Ada Löwelace',
    },
    { where: 'LocalMachine\\My', raw: base64(old!.der), hasPrivateKey: false, provider: null, name: '' },
    { where: 'CurrentUser\\My', raw: 'AAAA', hasPrivateKey: true, provider: null, name: null },
  ],
  authorities: [base64(root.der), 'AAAA'],
};

const answering = (ran: Partial<Ran>) => {
  const asked: (readonly string[])[] = [];
  const run = async (argv: readonly string[]): Promise<Ran> => {
    asked.push(argv);
    return { exitCode: 0, output: '', ...ran };
  };
  return { asked, run };
};

test('both stores, with provider, label and who looks there', async () => {
  const { certificates, notes } = await readWindowsStores(answering({ output: printed(ANSWER) }).run);
  expect(certificates.map(({ identity, ...one }) => [printName(identity.leaf.subject), one])).toEqual([
    [
      'CN=ada',
      {
        where: 'CurrentUser\\My',
        label: 'Ada Löwelace',
        hasPrivateKey: true,
        provider: 'Microsoft Base Smart Card Crypto Provider',
        clients: ['chrome-windows', 'firefox', 'schannel', 'dotnet-httpclient', 'dotnet-sslstream-windows'],
      },
    ],
    [
      'CN=old',
      {
        where: 'LocalMachine\\My',
        label: '',
        hasPrivateKey: false,
        clients: ['schannel', 'dotnet-httpclient', 'dotnet-sslstream-windows'],
      },
    ],
  ]);
  const { reachable } = certificates[0]!.identity;
  expect(reachable.is === 'known' && reachable.value.map((one) => printName(one.subject))).toEqual([
    'CN=Root',
  ]);
  expect(notes).toEqual(['a certificate of CurrentUser\\My cannot be read']);
});

test('the script asks for no key and prints nothing but its mark', async () => {
  const { asked, run } = answering({ output: printed({ my: [], authorities: [] }) });
  expect(await readWindowsStores(run)).toEqual({ certificates: [], notes: [] });
  const [script = '', ...command] = asked[0]!.toReversed();
  expect(command.reverse()).toEqual(['powershell', '-NoProfile', '-NonInteractive', '-Command']);
  expect(script).not.toMatch(/\.PrivateKey|GetRSAPrivateKey|Export|"/);
  expect(script).toContain("$place + '\\My'");
  // A command line of Windows holds 32,767 characters.
  expect(script.length).toBeLessThan(8_000);
});

test.each<[string, Partial<Ran>, string]>([
  ['no powershell', { exitCode: 127, missing: true }, 'powershell does not start'],
  ['a failure', { exitCode: 1, output: 'denied' }, 'powershell ended with 1'],
  ['half an answer', { output: 'handclasp:eyJteSI6' }, 'powershell ended with 0'],
  ['another answer', { output: printed({ my: 3 }) }, 'powershell ended with 0'],
])('%s is told', async (_, ran, why) => {
  expect(await readWindowsStores(answering(ran).run)).toEqual({
    certificates: [],
    notes: [`the certificate stores of Windows cannot be read: ${why}`],
  });
});
