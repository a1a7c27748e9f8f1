import type { Line } from '../../base/text.ts';
import type { Asks } from '../claims.ts';
import { type Config, type Dialect, listenOf, type OpenService, openService } from './dialect.ts';

/** HAProxy: `bind` lines with ssl, and lines of a crt-list that set another verification for a name. */
export const haproxy: Dialect = {
  marks:
    /^[ \t]*(?:default-server-)?bind\s+\S+.*\bssl\b|^\S+\s+\[[^\]\n]*\bverify (?:none|optional|required)\b[^\]\n]*\]/m,
  read: (config) => config.lines.flatMap((line) => bindIn(line, config) ?? listed(line, config) ?? []),
};

const ASKS: Readonly<Record<string, Asks>> = { none: 'never', optional: 'optional', required: 'required' };

function bindIn(line: Line, config: Config): OpenService[] | null {
  const [, places, options] = /^\s*bind\s+(\S+)\s+(.*\bssl\b.*)$/.exec(line.text.replace(/\s#.*$/, '')) ?? [];
  if (!places) return null;
  return places.split(',').map((place) => {
    const service = optionsOf(openService('HAProxy', config.at(line.number)), options!);
    const isStrict = /\bstrict-sni\b/.test(options!);
    // Without strict-sni its first certificate answers whoever sends no name.
    return { ...service, ...listenOf(place), isDefault: !isStrict };
  });
}

/** 'a.pem [ca-file ca.pem verify optional] a.example *.b.example' */
function listed(line: Line, config: Config): OpenService[] | null {
  const [, certificate, options, names] = /^(\S+)\s+\[([^\]]*)\]\s*(.*?)\s*$/.exec(line.text) ?? [];
  if (!certificate || !/\b(?:verify|ca-file)\b/.test(options!)) return null;
  const service = optionsOf(openService('HAProxy', config.at(line.number)), options!);
  service.certificate = certificate;
  service.names = names!.split(/\s+/).filter((name) => name !== '' && !name.startsWith('!'));
  if (service.names.length > 0) service.isDefault = false;
  return [service];
}

function optionsOf(service: OpenService, options: string): OpenService {
  const after = (word: string): string | undefined =>
    new RegExp(`(?:^|\\s)${word}\\s+(\\S+)`).exec(options)?.[1];
  const verify = after('verify');
  service.asks = ASKS[verify ?? 'none'] ?? 'never';
  if (verify) service.askedAt = service.at;
  const certificate = after('crt') ?? after('crt-list');
  if (certificate) service.certificate = certificate;
  const trust = after('ca-file');
  if (trust) service.trust = trust;
  // What ca-verify-file holds is trusted as well and not named to clients.
  if (trust) service.advertises = 'trust';
  const least = after('ssl-min-ver');
  const most = after('ssl-max-ver');
  const between = VERSIONS.filter(
    (one) => (!least || one >= least) && (!most || one <= most) && !options.includes(`no-${NO[one]}`),
  );
  if (between.length < VERSIONS.length) service.protocols = between;
  const alpn = after('alpn');
  if (alpn) service.http2 = /\bh2\b/.test(alpn);
  return service;
}

const VERSIONS = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const NO: Readonly<Record<string, string>> = {
  'TLSv1.0': 'tlsv10',
  'TLSv1.1': 'tlsv11',
  'TLSv1.2': 'tlsv12',
  'TLSv1.3': 'tlsv13',
};
