import { decodeText, type Line } from '../../base/text.ts';
import { gather } from '../gather.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { apache } from './apache.ts';
import { caddyfile } from './caddyfile.ts';
import type { Config, Dialect } from './dialect.ts';
import { haproxy } from './haproxy.ts';
import { jsonConfigs } from './json-configs.ts';
import { nginx } from './nginx.ts';
import { stunnel } from './stunnel.ts';
import { tomcat } from './tomcat.ts';

const DIALECTS: readonly Dialect[] = [nginx, apache, haproxy, caddyfile, jsonConfigs, tomcat, stunnel];

/** Configurations of servers that are not http.sys: which service asks whom for a certificate, and for whose. */
const reader: EvidenceReader = {
  kind: 'services',
  title: 'configuration of a TLS server',
  sniff(head) {
    const text = decodeText(head);
    return DIALECTS.some(({ marks }) => marks.test(text)) ? 'likely' : 'no';
  },
  among: new RegExp(DIALECTS.map(({ marks }) => marks.source).join('|'), 'im'),
  open: (context) => gather(context, LARGEST, (bytes) => readAll(decodeText(bytes), context)),
};
export default reader;

const LARGEST = 8 * 2 ** 20;
/** Farms have some thousand. */
const MOST = 10_000;
const MOST_NOTES = 5;

function readAll(text: string, context: ReadContext): void {
  const all = text.split('\n');
  const lines: Line[] = all.map((one, i) => ({
    text: one.replace(/\r+$/, ''),
    number: i + 1,
    ended: i < all.length - 1,
    cut: false,
  }));
  let notes = 0;
  const at = (number: number) => lineLocus(context.source, lines[number - 1] ?? { text: '', number });
  const config: Config = {
    text,
    lines,
    at,
    note: (number, message) => void (notes++ < MOST_NOTES && context.note({ at: at(number), message })),
  };
  const services = DIALECTS.filter(({ marks }) => marks.test(text)).flatMap(({ read }) => read(config));
  for (const service of services.slice(0, MOST)) context.claim(service);
  if (services.length > MOST)
    context.note({
      at: { source: context.source },
      message: `${services.length - MOST} more services were left out`,
    });
  if (services.length === 0)
    context.note({
      at: { source: context.source },
      message:
        'no service with TLS in it: give the file with the server, VirtualHost, bind or site, and what it includes',
    });
}
