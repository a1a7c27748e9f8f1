import type { Line } from '../../base/text.ts';
import type { Asks } from '../claims.ts';
import { type Config, type Dialect, listenOf, type OpenService, openService } from './dialect.ts';

/** Caddyfile: site blocks with `tls { client_auth { … } }`, and strict_sni_host of the global options. */
export const caddyfile: Dialect = {
  marks: /^[ \t]*client_auth\s*\{|^[ \t]*strict_sni_host\b/m,
  read: (config) => new Caddyfile(config).read(),
};

/** Names of the directives above a line, the site's addresses first. */
interface Block {
  readonly words: readonly string[];
  readonly line: number;
}

export const CADDY_ASKS: Readonly<Record<string, Asks>> = {
  request: 'optional',
  require: 'required',
  verify_if_given: 'optional',
  require_and_verify: 'required',
};

class Caddyfile {
  readonly #config: Config;
  readonly #open: Block[] = [];
  readonly #sites: OpenService[] = [];
  #site: OpenService[] = [];
  #strict: boolean | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  read(): OpenService[] {
    for (const line of this.#config.lines) this.#line(line);
    const isAsked = this.#sites.some(({ asks }) => asks !== 'never');
    // Where some site asks for a certificate it is on by itself.
    const strict = this.#strict ?? (isAsked ? true : undefined);
    return this.#sites.map((one) => (strict === undefined ? one : { ...one, strictSni: strict }));
  }

  #line({ text, number }: Line): void {
    const words = text
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.at(-1) === '{') {
      const block = { words: words.slice(0, -1), line: number };
      if (this.#open.length === 0) this.#begin(block);
      else if (block.words[0] === 'client_auth') this.#asked('require_and_verify', number);
      else this.#directive(block.words, number);
      this.#open.push(block);
    } else if (words[0] === '}') this.#open.pop();
    else this.#directive(words, number);
  }

  #begin({ words, line }: Block): void {
    this.#site = [];
    // Global options have no address; a snippet stands in brackets.
    if (words.length === 0 || words[0]!.startsWith('(')) return;
    const byPort = new Map<number, OpenService>();
    for (const word of words
      .join(' ')
      .split(/[,\s]+/)
      .filter((one) => one !== '')) {
      if (/^http:\/\//.test(word)) continue;
      const { address, port = 443 } = listenOf(word);
      const site = byPort.get(port) ?? { ...openService('Caddy', this.#config.at(line)), port };
      byPort.set(port, site);
      if (address) site.names.push(address);
    }
    this.#site = [...byPort.values()];
    this.#sites.push(...this.#site);
  }

  #directive([name, ...args]: readonly string[], line: number): void {
    const inside = this.#open.at(-1)?.words[0];
    if (name === 'strict_sni_host') this.#strict = args[0] !== 'insecure_off';
    else if (name === 'mode' && inside === 'client_auth') this.#asked(args[0] ?? '', line);
    else if (/^trusted_(?:ca|leaf)_cert(?:_file)?$|^trust_pool$/.test(name ?? '') && inside === 'client_auth')
      this.#trust(args.at(-1));
    else if ((name === 'pem_file' || name === 'file') && inside === 'trust_pool') this.#trust(args[0]);
    else if (name === 'protocols' && inside === 'tls')
      for (const site of this.#site) site.protocols = args.map((one) => one.replace(/^tls/i, 'TLSv'));
    else if (name === 'tls' && args.length > 0 && args[0] !== 'internal')
      for (const site of this.#site) site.certificate = args[0]!;
  }

  #asked(mode: string, line: number): void {
    for (const site of this.#site) {
      site.asks = CADDY_ASKS[mode] ?? 'required';
      site.askedAt = this.#config.at(line);
    }
  }

  #trust(file: string | undefined): void {
    if (file === undefined) return;
    for (const site of this.#site) Object.assign(site, { trust: file, advertises: 'trust' });
  }
}
