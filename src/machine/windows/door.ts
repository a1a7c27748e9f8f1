import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Machine, Ran } from '../machine.ts';

/** Stores whose contents the diagnoses ask for. */
const STORES = ['Root', 'CA', 'My', 'ClientAuthIssuer'];
const SCHANNEL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const APPLICATION_HOST = 'System32\\inetsrv\\config\\applicationHost.config';

/** This Windows computer, by its own programs. Not run on a real Windows host yet; every write is read back. */
export function windowsDoor(): Machine {
  return {
    title: `this computer (${os.hostname()})`,
    canWrite: true,
    run: ([program = '', ...args]) => execute(program, args),
    collect,
  };
}

/** No shell in between: arguments reach the program as they are. */
function execute(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { windowsHide: true, timeout: 60_000, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        resolve({
          exitCode: code,
          output: stdout + stderr + (error && typeof error.code === 'string' ? error.message : ''),
        });
      },
    );
  });
}

async function collect(): Promise<{ name: string; bytes: Uint8Array }[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-'));
  try {
    const files = [
      {
        name: 'netsh-sslcert.txt',
        bytes: Buffer.from((await execute('netsh', ['http', 'show', 'sslcert'])).output),
      },
    ];
    const keep = async (name: string, file: string) => {
      const bytes = await readFile(file).catch(() => null);
      if (bytes) files.push({ name, bytes });
    };
    await execute('reg', ['export', SCHANNEL, path.join(folder, 'schannel.reg'), '/y']);
    await keep('schannel.reg', path.join(folder, 'schannel.reg'));
    for (const store of STORES) {
      await execute('powershell', [
        '-NoProfile',
        '-Command',
        exportStore(store, path.join(folder, `${store}.p7b`)),
      ]);
      await keep(`${store}.p7b`, path.join(folder, `${store}.p7b`));
    }
    await keep(
      'applicationHost.config',
      path.join(process.env.SystemRoot ?? 'C:\\Windows', APPLICATION_HOST),
    );
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Certificates only, never keys. */
function exportStore(store: string, file: string): string {
  return `Get-ChildItem Cert:\\LocalMachine\\${store} | Export-Certificate -Type P7B -FilePath '${file.replaceAll("'", "''")}'`;
}
