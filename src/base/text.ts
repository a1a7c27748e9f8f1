/** Bytes to text; written out because pure layers have no TextDecoder. */

export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return text;
}

/** UTF-8 with U+FFFD for what is not. */
export function utf8Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    const extra = continuationBytes(lead);
    let code = extra === 0 ? lead : lead & (0x3f >> extra);
    let used = 1;
    while (used <= extra && (bytes[i + used] ?? 0) >> 6 === 2) code = code * 64 + (bytes[i + used++]! & 0x3f);
    const least = extra === 2 ? 0x800 : extra === 3 ? 0x10000 : 0;
    const surrogate = code >= 0xd800 && code < 0xe000;
    const whole = extra >= 0 && used === extra + 1 && code >= least && code <= 0x10ffff && !surrogate;
    text += whole ? String.fromCodePoint(code) : '\ufffd';
    i += used;
  }
  return text;
}

/** How many bytes follow a lead byte (RFC 3629 4); -1 for what leads nothing. */
function continuationBytes(lead: number): number {
  if (lead < 0x80) return 0;
  if (lead < 0xc2) return -1;
  if (lead < 0xe0) return 1;
  if (lead < 0xf0) return 2;
  return lead < 0xf5 ? 3 : -1;
}

/** UTF-8 bytes of a text; lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const given = char.codePointAt(0)!;
    const code = given >= 0xd800 && given < 0xe000 ? 0xfffd : given;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}
