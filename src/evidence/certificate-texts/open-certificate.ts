import type { Line } from '../../base/text.ts';
import type { ListedCertificate } from '../claims.ts';

/** A certificate while its lines are read. */
export type OpenCertificate = {
  -readonly [name in keyof Omit<ListedCertificate, 'at'>]: ListedCertificate[name];
} & { readonly line: Line };

/** How one tool prints certificates. Each is given every line. */
export interface Tool {
  line(line: Line): void;
  end(): void;
}
export type Give = (certificate: OpenCertificate) => void;

/** 'AB:CD:…' of SHA-1. */
export function thumbprintIn(text: string): string | undefined {
  const hex = text.replace(/[:\s]/g, '').toLowerCase();
  return /^[0-9a-f]{40}$/.test(hex) ? hex : undefined;
}
