/** One number in the forms in which logs, event viewers, PowerShell and headers print it. */
export interface Numbers {
  /** '0x800b0109', eight digits. */
  readonly hex: string;
  readonly unsigned: number;
  readonly signed: number;
}

export function numbersOf(value: number): Numbers {
  return { hex: `0x${value.toString(16).padStart(8, '0')}`, unsigned: value, signed: value | 0 };
}

/** Decimal, signed decimal or hex (0x800b0109, 800b0109h, 800B0109) to an unsigned 32-bit number, or null. */
export function readNumber(text: string): number | null {
  const hex = /^(?:0x([0-9a-f]{1,8})|([0-9a-f]{1,8})h|(?=.*[a-f])([89a-f][0-9a-f]{7}))l?$/i.exec(text);
  if (hex) return Number.parseInt((hex[1] ?? hex[2] ?? hex[3])!, 16);
  if (!/^-?\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  if (value > 0xffffffff || value < -0x80000000) return null;
  return value < 0 ? value + 0x1_0000_0000 : value;
}

/** Names of the facilities that meet certificates and the web server (winerror.h). */
const FACILITIES: Readonly<Record<number, string>> = {
  1: 'RPC',
  4: 'ITF',
  7: 'WIN32',
  9: 'SSPI/CRYPT',
  11: 'CERT',
  12: 'INTERNET',
  16: 'SCARD',
  25: 'HTTP',
};

/** 'HRESULT, facility 11 CERT' from the bits of a number above 0xffff ([MS-ERREF] 2.1). */
export function describeHresult(value: number): string {
  const facility = (value >>> 16) & 0x7ff;
  const name = FACILITIES[facility];
  return `HRESULT, facility ${facility}${name ? ` ${name}` : ''}`;
}
