import type { Line } from '../../base/text.ts';
import type { Asks } from '../claims.ts';
import {
  type Config,
  type Dialect,
  listenOf,
  type OpenService,
  openService,
  settleDefaults,
} from './dialect.ts';

/** Apache httpd: VirtualHost with what stands around it, and folders and locations with a rule of their own. */
export const apache: Dialect = {
  marks:
    /^[ \t]*(?:<VirtualHost\s|SSLVerifyClient\s|SSLCACertificate(?:File|Path)\s|SSLCADNRequest(?:File|Path)\s)/im,
  read: (config) => new ApacheConfig(config).read(),
};

interface Section {
  readonly kind: string;
  readonly argument: string;
  readonly line: number;
  readonly settings: Map<string, { readonly value: string; readonly line: number }>;
  readonly inside: Section[];
}

const SECTION =
  /^[ \t]*<(VirtualHost|Directory|DirectoryMatch|Location|LocationMatch|Files|FilesMatch)\s+(.*?)\s*>\s*$/i;
const END = /^\s*<\/(VirtualHost|Directory|DirectoryMatch|Location|LocationMatch|Files|FilesMatch)>/i;
const SETTING = /^\s*(SSL\w+|ServerName|ServerAlias|Protocols)\s+(\S.*?)\s*$/i;
const ASKS: Readonly<Record<string, Asks>> = {
  require: 'required',
  optional: 'optional',
  optional_no_ca: 'optional',
  none: 'never',
};

class ApacheConfig {
  readonly #config: Config;
  readonly #top = section('', '', 0);
  #open: Section[];

  constructor(config: Config) {
    this.#config = config;
    this.#open = [this.#top];
  }

  read(): OpenService[] {
    for (const line of this.#config.lines) this.#line(line);
    const hosts = this.#top.inside.filter(({ kind }) => kind === 'virtualhost');
    const services = hosts.flatMap((host) => this.#servicesOf(host));
    settleDefaults(services);
    // A part of a configuration without its VirtualHost still tells what it asks for.
    if (services.length === 0 && this.#rulesOf(this.#top).length + this.#top.settings.size > 0)
      return this.#partOf();
    return services;
  }

  #line({ text, number }: Line): void {
    const [, kind, argument] = SECTION.exec(text) ?? [];
    const [, name, value] = SETTING.exec(text) ?? [];
    const open = this.#open.at(-1)!;
    if (kind) {
      const inner = section(kind.toLowerCase(), argument!, number);
      open.inside.push(inner);
      this.#open.push(inner);
    } else if (END.test(text)) {
      if (this.#open.length > 1) this.#open.pop();
    } else if (name) {
      const key = name.toLowerCase();
      // A sentence may begin with the name of a directive.
      if (key === 'sslverifyclient' && !ASKS[value!.toLowerCase()]) return;
      const more = key === 'serveralias' ? `${open.settings.get(key)?.value ?? ''} ` : '';
      open.settings.set(key, { value: (more + value!.replaceAll('"', '')).trim(), line: number });
    }
  }

  #servicesOf(host: Section): OpenService[] {
    const places = host.argument.split(/\s+/).map(listenOf);
    const isSecure =
      /^on$/i.test(this.#setting(host, 'sslengine')?.value ?? '') ||
      host.settings.has('sslcertificatefile') ||
      host.settings.has('sslverifyclient') ||
      places.some(({ port }) => port === 443);
    if (!isSecure) return [];
    const distinct = new Map(places.map((place) => [`${place.address ?? ''}:${place.port ?? ''}`, place]));
    return [...distinct.values()].map((place) => ({ ...this.#serviceOf(host), ...place }));
  }

  #partOf(): OpenService[] {
    const asked = this.#top.settings.get('sslverifyclient');
    const rules = this.#rulesOf(this.#top);
    if (!asked && rules.length === 0) return [];
    return [this.#serviceOf({ ...this.#top, line: asked?.line ?? rules[0]!.line })];
  }

  #serviceOf(host: Section): OpenService {
    const value = (name: string): string | undefined => this.#setting(host, name)?.value;
    const asked = this.#setting(host, 'sslverifyclient');
    const service = openService('Apache httpd', this.#config.at(host.line), asksOf(asked?.value));
    service.names = [value('servername'), ...(value('serveralias') ?? '').split(/\s+/)]
      .filter((name): name is string => name !== undefined && name !== '')
      .map((name) => name.replace(/^https?:\/\//, '').replace(/:\d+$/, ''));
    if (asked) service.askedAt = this.#config.at(asked.line);
    const trust = value('sslcacertificatefile') ?? value('sslcacertificatepath');
    const names = value('sslcadnrequestfile') ?? value('sslcadnrequestpath');
    const certificate = value('sslcertificatefile');
    if (certificate) service.certificate = certificate;
    if (trust) service.trust = trust;
    if (names ?? trust) service.advertises = names ?? 'trust';
    const depth = Number(value('sslverifydepth') ?? Number.NaN);
    if (Number.isInteger(depth)) service.depth = depth;
    const protocols = value('sslprotocol');
    if (protocols) service.protocols = protocolsOf(protocols);
    const strict = value('sslstrictsnivhostcheck');
    if (strict) service.strictSni = /^on$/i.test(strict);
    if (/\bh2\b/.test(value('protocols') ?? '')) service.http2 = true;
    const around = host.kind === '' ? [] : this.#rulesOf(this.#top);
    service.paths = [...around, ...this.#rulesOf(host)].map(({ argument, settings }) => {
      const own = settings.get('sslverifyclient')!;
      return { path: pathOf(argument), asks: asksOf(own.value), at: this.#config.at(own.line) };
    });
    return service;
  }

  #setting(host: Section, name: string): { value: string; line: number } | undefined {
    return host.settings.get(name) ?? this.#top.settings.get(name);
  }

  /** Sections with a rule of their own, at any depth but not those of virtual hosts. */
  #rulesOf({ inside }: Section): Section[] {
    return inside
      .filter(({ kind }) => kind !== 'virtualhost')
      .flatMap((one) => [...(one.settings.has('sslverifyclient') ? [one] : []), ...this.#rulesOf(one)]);
  }
}

const section = (kind: string, argument: string, line: number): Section => ({
  kind,
  argument,
  line,
  settings: new Map(),
  inside: [],
});

const asksOf = (value: string | undefined): Asks => ASKS[value?.toLowerCase() ?? 'none'] ?? 'never';

/** '"/secure"', '~ "^/admin"'. */
const pathOf = (argument: string): string => argument.replace(/^~\s*/, '').replace(/^"|"$/g, '');

const KNOWN_PROTOCOLS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** 'all -SSLv3 -TLSv1 -TLSv1.3' names what is left (mod_ssl, SSLProtocol). */
function protocolsOf(value: string): string[] {
  let left: string[] = [];
  for (const word of value.split(/\s+/)) {
    const [, sign, name = ''] = /^([+-]?)(.*)$/.exec(word) ?? [];
    const meant = /^all$/i.test(name) ? KNOWN_PROTOCOLS : [name];
    left = sign === '-' ? left.filter((one) => !meant.includes(one)) : [...new Set([...left, ...meant])];
  }
  return left;
}
