import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOf, known } from '../base/known.ts';
import type { SigningKey } from '../base/ports.ts';
import type { ClientModel, Decision, Identity } from '../clients/model.ts';
import { labDoor } from '../lab/door.ts';
import { keyDer } from '../lab/issue.ts';
import { PKI_FILES, readPki, SITE_HOST } from '../lab/pki.ts';
import { type Running, readRunning } from '../lab/running.ts';
import type { Scenario } from '../lab/scenarios/scenario.ts';
import { setUp } from '../lab/set-up.ts';
import { absent, NoLab, readHost } from '../lab/state.ts';
import { lastLogLines } from '../lab/w3c-log.ts';
import type { ProbeOptions, ProbeResult, ProbeTarget } from '../net/probe-types.ts';
import { BUILDS } from '../windows/builds.ts';
import type { Host } from '../windows/host.ts';
import { HYPOTHESES, type HypothesisId, type Variant } from '../windows/hypotheses.ts';
import { parseInformation } from '../windows/iis/access.ts';
import { filesOf, type LookTools, probeRecords } from './look-at.ts';

/** What `lab` does, for the command line and for whoever tells a story with it. */

export interface Ready {
  readonly host: Host;
  readonly port: number;
  /** The host was made now; else it is as it was left. */
  readonly isNew: boolean;
}

export interface ReadyOptions {
  /** Make this one, after what it breaks. */
  readonly scenario?: Scenario;
  /** What is made while nothing is broken. */
  readonly usual: Scenario;
  readonly fresh: boolean;
  /** Only for a host that is made now. */
  readonly port: number;
  readonly now: number;
}

/** A host in the folder to start: the one that is there, or a new one when asked for or when there is none. */
export async function readyLab(folder: string, options: ReadyOptions): Promise<Ready> {
  const { scenario, usual, fresh, port, now } = options;
  const found = scenario || fresh ? null : await readHostIfAny(folder);
  const host =
    found ?? (await setUp(folder, scenario ?? usual, { port, now, broken: scenario !== undefined }));
  return { host, port: portOf(host), isNew: !found };
}

async function readHostIfAny(folder: string): Promise<Host | null> {
  try {
    return await readHost(folder);
  } catch (error) {
    if (error instanceof NoLab && error.reason === 'absent') return null;
    throw error;
  }
}

/** Port of the site. */
export function portOf(host: Host): number {
  const [binding] = answerOf(host.sites).flatMap((site) => site.bindings);
  const port = binding && parseInformation(binding.information)?.port;
  if (!port) throw new NoLab('the lab has no https site', 'damaged');
  return port;
}

export interface LabStatus {
  readonly host: Host;
  readonly title: string;
  readonly url: string;
  readonly running: Running | null;
  /** Variants in which this lab differs from the first that the model tries. */
  readonly variants: readonly (Variant & { readonly question: string })[];
}

export async function labStatus(folder: string): Promise<LabStatus> {
  const host = await readHost(folder);
  return {
    host,
    title: `${host.name}, ${BUILDS[answerOf(host.build)].title}`,
    url: `https://${SITE_HOST}:${portOf(host)}/secure`,
    running: await readRunning(folder),
    variants: chosenVariants(host),
  };
}

function chosenVariants(host: Host): (Variant & { question: string })[] {
  return (Object.keys(HYPOTHESES) as HypothesisId[]).flatMap((id) => {
    const { variants, question } = HYPOTHESES[id];
    const chosen = variants.find((one) => one.id === host.assume.variant(id));
    return chosen && chosen !== variants[0] ? [{ ...chosen, question }] : [];
  });
}

export interface LogonQuestion {
  readonly client: ClientModel;
  /** The issuing CA lies beside the user's certificate and in the client machine's store. */
  readonly withCa: boolean;
  readonly path: string;
  readonly versions: readonly number[];
}

export interface LogonTools {
  probe(target: ProbeTarget, options?: ProbeOptions): Promise<ProbeResult>;
  signingKey(pkcs8: Uint8Array): Promise<SigningKey | null>;
  now(): number;
}

export interface Logon {
  readonly target: ProbeTarget;
  readonly result: ProbeResult;
  /** What the client made of the CertificateRequest; null: it was never asked. */
  readonly decision: Decision | null;
  /** The line that the server logged; null: none. */
  readonly line: string | null;
}

/** Logs on to the lab with the user's certificate, by our own TLS client that chooses as a client family does. */
export async function logon(folder: string, question: LogonQuestion, tools: LogonTools): Promise<Logon> {
  const pki = await readPki(folder);
  if (!pki) throw absent(folder);
  const { client, withCa, path, versions } = question;
  const cas = withCa ? [pki.issuing.certificate] : [];
  const identity: Identity = {
    leaf: pki.user.certificate,
    hasPrivateKey: true,
    held: cas,
    reachable: known(cas),
  };
  const key = await tools.signingKey(keyDer(pki.user.key));
  const chain = [identity.leaf, ...identity.held].map((one) => one.der);
  const port = portOf(await readHost(folder));
  const target = { host: SITE_HOST, port, serverName: SITE_HOST, path };
  const before = await countLogLines(folder);
  let decision: Decision | null = null;
  const result = await tools.probe(target, {
    versions,
    http: true,
    choose(request) {
      decision = client.decide(request, identity, tools.now());
      const offers = decision.offer === 'offered' || decision.offer === 'prompted';
      return offers && key ? { chain, key } : null;
    },
  });
  const [line] = (await countLogLines(folder)) > before ? await lastLogLines(folder, 1) : [];
  return { target, result, decision, line: line ?? null };
}

async function countLogLines(folder: string): Promise<number> {
  return (await lastLogLines(folder, Number.MAX_SAFE_INTEGER)).length;
}

/**
 * Writes the evidence of the lab's host into `into`, as an administrator would collect it, and what its records
 * show on the wire while it runs; names of the files.
 */
export async function collectLab(folder: string, into: string, tools: LookTools): Promise<string[]> {
  const files = await filesOf(labDoor(folder), tools.now);
  const wire = (await readRunning(folder)) ? await probeRecords(await readHost(folder), tools) : [];
  for (const { name, chunks } of [...files, ...wire]) {
    const file = path.join(into, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, chunks());
  }
  return [...files, ...wire].map((file) => file.name);
}

/** Paths of the files that clients need. */
export function clientFiles(folder: string): Readonly<Record<keyof typeof PKI_FILES, string>> {
  const { root, otherRoot, issuing, user, userWithCa } = PKI_FILES;
  const at = (name: string) => path.join(folder, name);
  return {
    root: at(root),
    otherRoot: at(otherRoot),
    issuing: at(issuing),
    user: at(user),
    userWithCa: at(userWithCa),
  };
}
