import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import type { Traced } from '../traced-handshake.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/**
 * Network tracing of .NET Framework (System.Net trace source). It says how many issuers were named, and which of the
 * application's certificates was left. The sentences are those of Microsoft's published reference source; no trace of
 * a running system was at hand.
 */
export const dotnet: Dialect = {
  marks: /^System\.Net [A-Z][a-z]+: \d+ : \[\d+\] (?:SecureChannel|SslStream|TlsStream)#\d+/m,
  open: (context, report) => new DotnetTrace(context, report),
};

const LINE = /^System\.Net [A-Z][a-z]+: \d+ : \[\d+\] (.*)$/;

class DotnetTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  /** By the channel that speaks: 'SecureChannel#34948909'. */
  readonly #channels = new Map<string, Traced>();

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const [, said = ''] = LINE.exec(line.text) ?? [];
    const [, channel, text] = /^(SecureChannel#\d+)(?:::\.ctor| - )(.*)$/.exec(said) ?? [];
    if (channel) this.#said(this.#at(channel, line), text!, line);
  }

  end(): void {
    for (const traced of joined([...this.#channels.values()])) this.#report(traced);
  }

  #at(channel: string, line: Line): Traced {
    const traced = this.#channels.get(channel) ?? {
      tool: '.NET',
      at: lineLocus(this.#context.source, line),
      alerts: [],
    };
    this.#channels.set(channel, traced);
    return traced;
  }

  #said(traced: Traced, text: string, line: Line): void {
    const [, host] = /hostname=([^,)\s]+)/.exec(text) ?? [];
    const [, count] = /server has specified (\d+) issuer\(s\)/.exec(text) ?? [];
    const [, left] = /^Left with (\d+) client certificates to choose from/.exec(text) ?? [];
    const [, selected] = /^Selected certificate: *(?:\[Subject\])? *(.*)/.exec(text) ?? [];
    if (host) {
      traced.host = host;
      traced.serverName = host;
    }
    if (count || /server has not specified any issuers/.test(text)) {
      traced.asked = true;
      traced.at = lineLocus(this.#context.source, line);
      traced.authorityCount = Number(count ?? 0);
    }
    if (left === '0') traced.sent = 'none';
    if (selected === undefined || /^<null>/.test(selected)) return;
    traced.sent = 'certificate';
    if (selected !== '') traced.leaf = { subject: selected };
  }
}

/** An excerpt may show the request of one channel and the choice of another: two halves of one story where nothing else fits. */
function joined(channels: readonly Traced[]): readonly Traced[] {
  const asked = channels.filter((one) => one.asked && one.sent === undefined);
  const chosen = channels.filter((one) => one.asked === undefined && one.sent !== undefined);
  const [request, choice] = [asked[0], chosen[0]];
  if (asked.length !== 1 || chosen.length !== 1 || !request || !choice?.sent) return channels;
  request.sent = choice.sent;
  if (choice.leaf) request.leaf = choice.leaf;
  return channels.filter((one) => one !== choice);
}
