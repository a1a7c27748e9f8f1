import { Unanswered } from '../../../base/known.ts';
import { numbersOf } from '../../../codes/numbers.ts';
import type { Host } from '../../host.ts';
import { lines } from '../../http-sys/show.ts';
import type { Command, CommandResult } from '../command.ts';
import { addStore, delStore } from './change-store.ts';
import { dump } from './dump.ts';
import { error } from './error.ts';
import { completed, type Said } from './messages.ts';
import { readAsked } from './options.ts';
import { store } from './store.ts';
import { verify } from './verify.ts';

/** `certutil -error|-store|-addstore|-delstore|-verify|-dump` on the machine's stores (domain 8.5, 9.1). */
const certutil: Command = (argv, host, context = {}) => {
  const { verb, args, switches, unknown } = readAsked(argv);
  const said: Said = { host, verb, context };
  if (unknown !== undefined && OTHER_VERBS.includes(unknown.slice(1).toLowerCase()))
    throw new Unanswered(`what certutil ${unknown} does: the lab does not know this verb`);
  if (unknown !== undefined) return unknownArgument(host, unknown);
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  return run ? run(said, args, switches) : help(said);
};

export default Object.assign(certutil, {
  unverified: [
    'the form of -error for an HRESULT that wraps no Win32 code',
    'the texts of -addstore and -delstore, and that Root takes others than roots with -f alone (recalled)',
    'the last lines of -verify (recalled); revocation is not looked at',
    'the names of key containers are made up',
  ],
});

type Run = (said: Said, args: readonly string[], switches: ReadonlySet<string>) => CommandResult;

/** The program has many more verbs; those that meet certificates on servers. */
const OTHER_VERBS = [
  'verifystore',
  'viewstore',
  'viewdelstore',
  'repairstore',
  'importpfx',
  'exportpfx',
  'mergepfx',
  'url',
  'urlcache',
  'verifyctl',
  'encode',
  'decode',
  'hashfile',
  'pulse',
  'key',
  'delkey',
  'csplist',
  'ping',
  'getreg',
  'setreg',
  'syncwithwu',
  'generatesstfromwu',
  'dspublish',
  'scinfo',
];

const VERBS: Readonly<Record<string, Run>> = {
  error,
  store,
  addstore: addStore,
  delstore: delStore,
  verify,
  dump,
};

/** *unverified*: recalled. */
function unknownArgument(host: Host, word: string): CommandResult {
  const text = [`CertUtil: Unknown arg: ${word}`, 'CertUtil: -? gives the verbs that the lab takes'];
  return { host, exitCode: numbersOf(0x8007_0057).signed, output: lines(text) };
}

/** The verbs that the lab takes; the real list is longer. */
function help(said: Said): CommandResult {
  return completed({ ...said, verb: '?' }, [
    '',
    'Verbs (of the lab):',
    '  -error ErrorCode',
    '  -store [StoreName [CertId [OutputFile]]]',
    '  -addstore StoreName InFile',
    '  -delstore StoreName CertId',
    '  -verify CertFile',
    '  -dump File',
    'Options: -f -v -urlfetch',
    '',
  ]);
}
