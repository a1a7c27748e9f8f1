import type { Host } from '../../windows/host.ts';
import type { LabPki } from '../pki.ts';

export interface Setting {
  readonly pki: LabPki;
  /** The https port of the site: a real port on loopback. */
  readonly port: number;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** A host that works, what breaks it, and what the diagnoses must then say. Files of this folder stand alone. */
export interface Scenario {
  /** File name without .ts. */
  readonly id: string;
  readonly title: string;
  /** One sentence each: what is set up, and what happens to it. */
  readonly about: { readonly healthy: string; readonly broken: string };
  healthy(setting: Setting): Promise<Host>;
  breakIt(host: Host, setting: Setting): Promise<Host>;
  readonly expected: { readonly diagnosis: string };
}
