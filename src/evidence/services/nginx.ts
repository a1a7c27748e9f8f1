import type { Asks } from '../claims.ts';
import { type Directive, directivesIn } from './braces.ts';
import {
  type Config,
  type Dialect,
  listenOf,
  type OpenService,
  openService,
  settleDefaults,
} from './dialect.ts';

/** nginx: `server` blocks (ngx_http_ssl_module). What an `include` names is not at hand. */
export const nginx: Dialect = {
  marks:
    /^[ \t]*(?:listen\s+\S+.*\bssl\b.*;|ssl_verify_client\s+\w+\s*;|ssl_client_certificate\s+\S+;|ssl_trusted_certificate\s+\S+;)/m,
  read(config) {
    const roots = directivesIn(config.lines, KNOWN);
    const services = serversIn(roots, {}, config).flat();
    settleDefaults(services);
    return services;
  },
};

const KNOWN =
  /^(?:http|server|stream|location|listen|server_name|include|ssl|http2|ssl_\w+|proxy_pass|return|root|if|upstream)$/;

/** Settings that a server inherits from what stands around it, by name. */
type Settings = Readonly<Record<string, Directive>>;

function serversIn(directives: readonly Directive[], around: Settings, config: Config): OpenService[] {
  const here = settingsOf(directives, around);
  return directives.flatMap((one) => {
    if (one.name === 'include' && one.args[0] && !/mime\.types|fastcgi|params/.test(one.args[0]))
      config.note(one.line, `what include ${one.args[0]} names is not in this file: give it as well`);
    if (one.name === 'server' && one.children) return servicesOf(one, here, config);
    return one.children ? serversIn(one.children, here, config) : [];
  });
}

function settingsOf(directives: readonly Directive[], around: Settings): Settings {
  const own = directives.filter(({ name }) => /^(?:ssl|http2|ssl_\w+)$/.test(name));
  return { ...around, ...Object.fromEntries(own.map((one) => [one.name, one])) };
}

/** One for each place where it listens with TLS; of a wildcard for IPv4 and IPv6 one. */
function servicesOf(server: Directive, around: Settings, config: Config): OpenService[] {
  const children = server.children ?? [];
  const own = settingsOf(children, around);
  const listens = children.filter(({ name }) => name === 'listen');
  const secure = listens.filter(({ args }) => args.includes('ssl') || own.ssl?.args[0] === 'on');
  if (secure.length === 0 && (listens.length > 0 || !own.ssl_verify_client)) return [];
  const places = new Map<string, Directive | null>();
  for (const listen of secure) {
    const { address, port } = listenOf(listen.args[0] ?? '');
    const key = `${address ?? ''}:${port ?? 443}`;
    if (!places.has(key)) places.set(key, listen);
  }
  if (places.size === 0) places.set(':', null);
  return [...places.values()].map((listen) => serviceOf(server, children, own, listen, config));
}

const ASKS: Readonly<Record<string, Asks>> = {
  on: 'required',
  optional: 'optional',
  optional_no_ca: 'optional',
  off: 'never',
};

function serviceOf(
  server: Directive,
  children: readonly Directive[],
  own: Settings,
  listen: Directive | null,
  config: Config,
): OpenService {
  const verify = own.ssl_verify_client;
  const service = openService('nginx', config.at(server.line), ASKS[verify?.args[0] ?? 'off'] ?? 'never');
  if (listen) Object.assign(service, { port: 443 }, listenOf(listen.args[0] ?? ''));
  service.names = children
    .filter(({ name }) => name === 'server_name')
    .flatMap(({ args }) => args)
    .filter((name) => name !== '_' && name !== '');
  if (listen?.args.some((word) => word === 'default_server' || word === 'default')) service.isDefault = true;
  if (verify) service.askedAt = config.at(verify.line);
  const named = own.ssl_client_certificate?.args[0];
  const trust = named ?? own.ssl_trusted_certificate?.args[0];
  const [certificate] = own.ssl_certificate?.args ?? [];
  if (certificate) service.certificate = certificate;
  if (trust) service.trust = trust;
  if (trust) service.advertises = named ? 'trust' : 'nothing';
  const depth = Number(own.ssl_verify_depth?.args[0] ?? Number.NaN);
  if (Number.isInteger(depth)) service.depth = depth;
  if (own.ssl_protocols) service.protocols = own.ssl_protocols.args;
  if (listen?.args.includes('http2') || own.http2?.args[0] === 'on') service.http2 = true;
  return service;
}
