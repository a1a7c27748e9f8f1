import type { Digest } from '../../base/ports.ts';
import type { Names } from '../../codes/names.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import type { Host } from '../host.ts';

/** What a command did to a host: pure, on half-known hosts too. */
export interface CommandResult {
  readonly host: Host;
  /** stdout and stderr as one text, CRLF. */
  readonly output: string;
  /** As Windows has it, signed 32 bits: certutil ends with an HRESULT. */
  readonly exitCode: number;
  /** Files that it wrote; whoever ran it puts them in place. */
  readonly written?: readonly WrittenFile[];
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What commands ask of the machine around the model. What is missing they say, or end in Unanswered. */
export interface CommandContext {
  /** A file by the name that was typed; null when there is none. */
  read?(name: string): Uint8Array | null;
  readonly digest?: Digest;
  /** Symbols of error codes. */
  readonly names?: Names;
  /** Whether the certificate is signed by the key of the issuer. */
  isSignedBy?(certificate: Certificate, issuer: Certificate): boolean;
  /** Whether the machine holds the private key of the certificate of this thumbprint (lower-case hex). */
  hasKey?(thumbprint: string): boolean;
  /** Milliseconds since 1970 UTC; the model's clock runs in UTC. */
  readonly now?: number;
  /** The language of Windows; English when absent. */
  readonly language?: 'en' | 'de';
}

/**
 * argv without the program's name. Throws Unanswered where already the outcome hangs on something unknown (the
 * record to change was never listed); unknown leaves beside it stay unknown.
 */
export interface Command {
  (argv: readonly string[], host: Host, context?: CommandContext): CommandResult;
  /** What of its words and codes has no public sample; `lab facts` lists it. */
  readonly unverified?: readonly string[];
}
