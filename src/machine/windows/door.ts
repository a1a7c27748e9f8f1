import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { encodePkcs7 } from '../../wire/identity/pkcs7.ts';
import type { EvidenceFile, Machine, Ran } from '../machine.ts';

/** Stores whose contents the diagnoses ask for. */
const STORES = ['Root', 'CA', 'My', 'ClientAuthIssuer'];
const SCHANNEL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const APPLICATION_HOST = 'System32\\inetsrv\\config\\applicationHost.config';
/** Where IIS logs unless it was told otherwise (domain 5.4). */
const LOGS = 'inetpub\\logs\\LogFiles';

/** This Windows computer, by its own programs. Not run on a real Windows host yet; every write is read back. */
export function windowsDoor(): Machine {
  return {
    title: `this computer (${os.hostname()})`,
    canWrite: true,
    async run([program = '', ...args]) {
      const { exitCode, bytes, problem } = await execute(program, args);
      return { exitCode, output: bytes.toString('utf8') + problem } satisfies Ran;
    },
    collect,
  };
}

interface Executed {
  readonly exitCode: number;
  /** stdout and stderr as the program wrote them, in the console's code page. */
  readonly bytes: Buffer;
  /** Why the program could not be run. */
  readonly problem: string;
}

/** No shell in between: arguments reach the program as they are. */
function execute(program: string, args: readonly string[]): Promise<Executed> {
  const options = {
    windowsHide: true,
    timeout: 60_000,
    maxBuffer: 64 << 20,
    encoding: 'buffer',
  } as const;
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const bytes = Buffer.concat([stdout, stderr]);
      if (!error) resolve({ exitCode: 0, bytes, problem: '' });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, bytes, problem: '' });
      else resolve({ exitCode: 1, bytes, problem: error.message });
    });
  });
}

async function collect(): Promise<EvidenceFile[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-'));
  try {
    return [
      { name: 'netsh-sslcert.txt', bytes: (await execute('netsh', ['http', 'show', 'sslcert'])).bytes },
      ...(await schannel(folder)),
      ...(await stores(folder)),
      ...(await fileIfAny('applicationHost.config', path.join(windowsFolder(), APPLICATION_HOST))),
      ...(await newestLogs()),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function schannel(folder: string): Promise<EvidenceFile[]> {
  const file = path.join(folder, 'schannel.reg');
  await execute('reg', ['export', SCHANNEL, file, '/y']);
  return fileIfAny('schannel.reg', file);
}

/** Certificates only, never keys. A store that is empty is told as an empty list; one that cannot be read, not at all. */
async function stores(folder: string): Promise<EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  for (const store of STORES) {
    const name = `${store}.p7b`;
    const file = path.join(folder, name);
    const { exitCode, bytes } = await execute('powershell', [
      '-NoProfile',
      '-Command',
      exportStore(store, file),
    ]);
    const isEmpty = exitCode === 0 && bytes.toString('latin1').trim() === EMPTY;
    if (isEmpty) files.push({ name, bytes: encodePkcs7([]) });
    else files.push(...(await fileIfAny(name, file)));
  }
  return files;
}

/** What our own script prints; PowerShell's words depend on the language. */
const EMPTY = 'handclasp:empty';

function exportStore(store: string, file: string): string {
  const target = `'${file.replaceAll("'", "''")}'`;
  return `$ErrorActionPreference='Stop'; $held=@(Get-ChildItem Cert:\\LocalMachine\\${store}); if ($held.Count) { $held | Export-Certificate -Type P7B -FilePath ${target} | Out-Null } else { '${EMPTY}' }`;
}

/** The last log of each site: the days before are seldom needed, and may be gigabytes. */
async function newestLogs(): Promise<EvidenceFile[]> {
  const root = path.join(process.env.SystemDrive ?? 'C:', path.sep, LOGS);
  const sites = await readdir(root).catch(() => []);
  const files: EvidenceFile[] = [];
  for (const site of sites.filter((name) => /^W3SVC\d+$/i.test(name))) {
    const logs = (await readdir(path.join(root, site)).catch(() => [])).filter((name) =>
      /\.log$/i.test(name),
    );
    const newest = logs.sort().at(-1);
    if (newest) files.push(...(await fileIfAny(`${site}/${newest}`, path.join(root, site, newest))));
  }
  return files;
}

async function fileIfAny(name: string, file: string): Promise<EvidenceFile[]> {
  const bytes = await readFile(file).catch(() => null);
  return bytes ? [{ name, bytes }] : [];
}

const windowsFolder = (): string => process.env.SystemRoot ?? 'C:\\Windows';
