import type { Asks } from '../claims.ts';
import { CADDY_ASKS } from './caddyfile.ts';
import { type Config, type Dialect, listenOf, type OpenService, openService } from './dialect.ts';

/** Kestrel's part of appsettings.json, and Caddy's own JSON. */
export const jsonConfigs: Dialect = {
  marks: /"ClientCertificateMode"\s*:|"(?:client_authentication|strict_sni_host)"\s*:/,
  read(config) {
    const json = documentIn(config.text);
    if (json === undefined) return [];
    return [...kestrel(json, config), ...caddy(json, config)];
  },
};

type Json = Readonly<Record<string, unknown>>;

/** The document that begins first; a text around it is passed over. Comments are common in appsettings.json. */
function documentIn(text: string): unknown {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  for (const one of [text.slice(from, to + 1), text.slice(from, to + 1).replace(/^\s*\/\/.*$/gm, '')]) {
    try {
      return JSON.parse(one);
    } catch {
      // The next form is tried.
    }
  }
  return undefined;
}

const inside = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null ? (json as Json)[name] : undefined;
const entries = (json: unknown): [string, unknown][] =>
  typeof json === 'object' && json !== null ? Object.entries(json) : [];
const list = (json: unknown): unknown[] => (Array.isArray(json) ? json : []);
const texts = (json: unknown): string[] => list(json).filter((one): one is string => typeof one === 'string');

function lineOf(config: Config, part: RegExp): number {
  return config.lines.find(({ text }) => part.test(text))?.number ?? 1;
}

const MODES: Readonly<Record<string, Asks>> = {
  nocertificate: 'never',
  allowcertificate: 'optional',
  requirecertificate: 'required',
  delaycertificate: 'never',
};

/** Endpoints with their own mode or that of EndpointDefaults; DelayCertificate asks when the application wants it. */
function kestrel(json: unknown, config: Config): OpenService[] {
  const section = inside(json, 'Kestrel');
  const byDefault = inside(inside(section, 'EndpointDefaults'), 'ClientCertificateMode');
  const at = lineOf(config, /"ClientCertificateMode"/);
  const endpoints = entries(inside(section, 'Endpoints')).filter(([, one]) =>
    /^https:/i.test(String(inside(one, 'Url') ?? '')),
  );
  const serviceOf = (mode: unknown, url: string): OpenService => {
    const name = String(mode ?? 'NoCertificate').toLowerCase();
    const service = openService('Kestrel', config.at(at), MODES[name] ?? 'never');
    const { address, port } = listenOf(url);
    if (port !== undefined) service.port = port;
    if (address !== undefined && address !== '+') service.address = address;
    if (mode !== undefined) service.askedAt = config.at(at);
    if (name === 'delaycertificate') service.paths = [{ path: '/', asks: 'optional', at: config.at(at) }];
    return service;
  };
  if (endpoints.length === 0) return byDefault === undefined ? [] : [serviceOf(byDefault, '')];
  return endpoints.map(([, one]) =>
    serviceOf(inside(one, 'ClientCertificateMode') ?? byDefault, String(inside(one, 'Url'))),
  );
}

function caddy(json: unknown, config: Config): OpenService[] {
  const servers = inside(inside(inside(json, 'apps'), 'http'), 'servers');
  const at = config.at(lineOf(config, /"client_authentication"/));
  return entries(servers).flatMap(([, server]) => {
    const { address, port } = listenOf(texts(inside(server, 'listen'))[0] ?? '');
    const policies = list(inside(server, 'tls_connection_policies'));
    const isAsked = policies.some((one) => inside(one, 'client_authentication') !== undefined);
    const strict = inside(server, 'strict_sni_host');
    return policies.map((policy) => {
      const auth = inside(policy, 'client_authentication');
      const mode = String(inside(auth, 'mode') ?? 'require_and_verify');
      const service = openService(
        'Caddy',
        at,
        auth === undefined ? 'never' : (CADDY_ASKS[mode] ?? 'required'),
      );
      service.names = texts(inside(inside(policy, 'match'), 'sni'));
      if (address !== undefined) service.address = address;
      if (port !== undefined) service.port = port;
      if (policies.length > 1) service.isDefault = service.names.length === 0;
      if (auth !== undefined) service.askedAt = at;
      const [trust] = texts(inside(auth, 'trusted_ca_certs_pem_files'));
      if (trust !== undefined) service.trust = trust;
      if (auth !== undefined) service.advertises = 'trust';
      service.strictSni = typeof strict === 'boolean' ? strict : isAsked;
      return service;
    });
  });
}
