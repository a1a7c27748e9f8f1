import type { Locus } from '../base/locus.ts';

/** What logs, event logs and traces of a server tell: counted, bounded, each with its first and last place. */

/** A bounded summary of log lines that share endpoint and status: counts, first and last with their loci. */
export interface Logons {
  readonly at: Locus;
  readonly says: 'logons';
  readonly serverIp?: string;
  readonly serverPort?: number;
  readonly hostHeader?: string;
  readonly path?: string;
  readonly status: number;
  /** NOT_LOGGED where the log has no such field. */
  readonly substatus: number;
  readonly win32: number;
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  readonly lastAt: Locus;
  /** The last line below status 400 of the same endpoint, host header and path before `first`. */
  readonly successBefore?: { readonly time: number; readonly at: Locus };
}
/** A substatus or win32 status of lines whose log has no such field. */
export const NOT_LOGGED = -1;

/** Events of one source and number, counted. Matched by number and data, never by their localised text. */
export interface EventsSeen {
  readonly at: Locus;
  readonly says: 'events';
  /** As the log spells it: 'Schannel', 'Microsoft-Windows-HttpEvent'. */
  readonly provider: string;
  readonly id: number;
  /** 1 critical, 2 error, 3 warning, 4 information; absent in texts of other languages. */
  readonly level?: number;
  readonly computer?: string;
  readonly count: number;
  /** Milliseconds since 1970 UTC; absent where the text has local times only. */
  readonly first?: number;
  readonly last?: number;
  readonly lastAt: Locus;
  /** The first few kinds of data among them, in order of appearance. */
  readonly cases: readonly EventCase[];
  /** How many events had other data than these. */
  readonly others: number;
}
export interface EventCase {
  /** Named values ('AlertDesc': '40'); what has no name is called by its place from 0. */
  readonly data: Readonly<Record<string, string>>;
  readonly count: number;
  readonly first?: number;
  readonly last?: number;
  readonly at: Locus;
}
/** Lines of a log of http.sys that share reason, status and endpoint (domain 5.5). */
export interface HttpErrors {
  readonly at: Locus;
  readonly says: 'http-errors';
  /** 'Timer_EntityBody', 'Hostname'. */
  readonly reason: string;
  readonly status?: number;
  readonly serverIp?: string;
  readonly serverPort?: number;
  /** Number of the site. */
  readonly site?: number;
  readonly queue?: string;
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  readonly lastAt: Locus;
}
/** A request as Failed Request Tracing recorded it. */
export interface FailedRequest {
  readonly at: Locus;
  readonly says: 'failed-request';
  readonly url: string;
  readonly verb?: string;
  /** Number of the site. */
  readonly site?: number;
  readonly status: number;
  /** NOT_LOGGED where the trace does not tell. */
  readonly substatus: number;
  readonly win32: number;
  /** The module that set the status: 'IIS Web Core', 'IISCertificateMappingAuthenticationModule'. */
  readonly module?: string;
  readonly time?: number;
}
