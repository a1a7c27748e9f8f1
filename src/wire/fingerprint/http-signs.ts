import type { Message } from '../../base/message.ts';

/** What an HTTP answer says of the program behind: weak, since a proxy may pass it on and anyone may write it. */
export interface HttpSigns {
  /** 'nginx/1.22.1', as the server calls itself; null: it does not. */
  readonly product: string | null;
  readonly because: readonly Message[];
}

const LONGEST = 80;

const PAGES: readonly { readonly product: string; readonly shape: RegExp }[] = [
  { product: 'nginx', shape: /<hr><center>nginx(?:\/[\d.]+)?<\/center>/i },
  { product: 'Apache', shape: /<address>Apache\/[^<]* Server at [^<]* Port \d+<\/address>/i },
  // Microsoft, custom and detailed errors of IIS 7.0 and later; not seen here on a real server.
  { product: 'IIS', shape: /HTTP Error \d{3}\.\d{1,3} - |<h2>\d{3} - [^<]+<\/h2>\s*<h3>/i },
];

/** `headers` without the status line, separated by CRLF. */
export function httpSigns({ headers, body }: { headers: string; body: string }): HttpSigns {
  const header = /^server:[ \t]*(.*?)[ \t]*$/im.exec(headers)?.[1]?.slice(0, LONGEST) || null;
  const page = PAGES.find(({ shape }) => shape.test(body))?.product ?? null;
  return {
    product: header ?? page,
    because: [
      ...(header === null ? [] : [{ id: 'stack-header', facts: { saw: header } }]),
      ...(page === null ? [] : [{ id: 'stack-page', facts: { saw: page } }]),
    ],
  };
}
