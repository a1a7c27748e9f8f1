/** A request that a server answered, as a line of an access log tells it. */
export interface Answered {
  readonly status: number;
  /** 'HAProxy'; absent where several write lines of this shape. */
  readonly program?: string;
  readonly host?: string;
  readonly path?: string;
  /** Address of the client. */
  readonly peer?: string;
  /** What it says of the client's certificate: 'SUCCESS', 'NONE', 'FAILED:certificate has expired' ($ssl_client_verify). */
  readonly verified?: string;
  /** Of the client's certificate, as printed. */
  readonly subject?: string;
}

/** Without its query. */
export const pathOf = (target: string | undefined): string | undefined =>
  target === undefined ? undefined : /^(?:https?:\/\/[^/]*)?(\/[^?#\s]*)/.exec(target)?.[1];

export const hostOf = (text: string | undefined): string | undefined =>
  text === undefined || /^[-_]?$/.test(text) ? undefined : text.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

/** What a text of free form says of a certificate: custom formats put $ssl_client_verify and the subject anywhere. */
export function verificationIn(text: string): Pick<Answered, 'verified' | 'subject'> {
  const [verified] = /\b(?:SUCCESS|FAILED:[^"|,]{3,80}|(?<=verify["']?[=:] ?["']?)NONE)\b/.exec(text) ?? [];
  const [, subject] =
    /["=\s{|(](\/?(?:[A-Z]{1,2}=[^"|={}]{1,100}[,/] ?){0,12}CN=[^"|}]{1,200})/.exec(text) ?? [];
  return {
    ...(verified === undefined ? {} : { verified: verified.trim() }),
    ...(subject === undefined ? {} : { subject: subject.trim() }),
  };
}
