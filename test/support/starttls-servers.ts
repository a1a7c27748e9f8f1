import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import tls, { type TLSSocket, type TlsOptions } from 'node:tls';
import { rawServer } from './servers.ts';

/** The least that a server of each protocol says before TLS, written from the protocols' documents, not from our client. */

/** A client as a server reads it. */
export class Caller {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  readonly #take = (chunk: Buffer): void => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#wake();
  };

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', this.#take);
    socket.on('close', () => this.#wake());
  }

  say(words: string | Uint8Array): void {
    this.socket.write(words);
  }

  async bytes(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) await this.#more();
    return this.#cut(length);
  }

  async until(text: string): Promise<string> {
    while (!this.#bytes.includes(text)) await this.#more();
    return this.#cut(this.#bytes.indexOf(text) + text.length).toString('latin1');
  }

  async line(): Promise<string> {
    return (await this.until('\r\n')).slice(0, -2);
  }

  /** The socket with all that was not read. */
  release(): Socket {
    this.socket.off('data', this.#take);
    this.socket.pause();
    if (this.#bytes.length > 0) this.socket.unshift(this.#bytes);
    return this.socket;
  }

  #cut(length: number): Buffer {
    const bytes = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return bytes;
  }

  #more(): Promise<void> {
    if (this.socket.destroyed) return Promise.reject(new Error('the client went away'));
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Leads a caller to the point where TLS begins; false: it did not ask for that. */
export type Opening = (caller: Caller) => Promise<boolean>;

const mail =
  (hello: string): Opening =>
  async (caller) => {
    caller.say('220-mail.example.com\r\n220 at your service\r\n');
    if (!(await caller.line()).startsWith(`${hello} `)) return false;
    caller.say('250-mail.example.com\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 8BITMIME\r\n');
    if ((await caller.line()) !== 'STARTTLS') return false;
    caller.say('220 go ahead\r\n');
    return true;
  };

const stream =
  (namespace: string): Opening =>
  async (caller) => {
    await caller.until('<stream:stream');
    if (!(await caller.until('>')).includes(`'${namespace}'`)) return false;
    caller.say(
      `<?xml version='1.0'?><stream:stream xmlns='${namespace}' xmlns:stream='http://etherx.jabber.org/streams' id='1' from='x' version='1.0'>`,
    );
    caller.say(
      "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>",
    );
    if (!(await caller.until('>')).startsWith('<starttls')) return false;
    caller.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    return true;
  };

export const openings: Readonly<Record<string, Opening>> = {
  smtp: mail('EHLO'),
  lmtp: mail('LHLO'),
  xmpp: stream('jabber:client'),
  'xmpp-server': stream('jabber:server'),
  imap: async (caller) => {
    caller.say('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    for (;;) {
      const [tag = '', command = ''] = (await caller.line()).split(' ');
      if (command.toUpperCase() === 'CAPABILITY') {
        caller.say(`* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n${tag} OK done\r\n`);
      } else if (command.toUpperCase() === 'STARTTLS') {
        caller.say(`${tag} OK begin\r\n`);
        return true;
      } else return false;
    }
  },
  pop3: async (caller) => {
    caller.say('+OK POP3 ready\r\n');
    if ((await caller.line()) !== 'STLS') return false;
    caller.say('+OK begin\r\n');
    return true;
  },
  ftp: async (caller) => {
    caller.say('220-Welcome\r\n  220 of all places\r\n220 ready\r\n');
    // s_client looks for AUTH TLS among the features first; RFC 4217 does not ask for that.
    let line = await caller.line();
    if (line === 'FEAT') {
      caller.say('211-Features\r\n AUTH TLS\r\n211 End\r\n');
      line = await caller.line();
    }
    if (line !== 'AUTH TLS') return false;
    caller.say('234 begin\r\n');
    return true;
  },
  irc: async (caller) => {
    // s_client stumbles over the notices that real servers send before.
    if ((await caller.line()) !== 'STARTTLS') return false;
    caller.say(':irc.example.com 670 * :STARTTLS successful, go ahead with TLS handshake\r\n');
    return true;
  },
  nntp: async (caller) => {
    caller.say('201 news.example.com, no posting\r\n');
    let line = await caller.line();
    if (line === 'CAPABILITIES') {
      caller.say('101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n');
      line = await caller.line();
    }
    if (line !== 'STARTTLS') return false;
    caller.say('382 begin\r\n');
    return true;
  },
  sieve: async (caller) => {
    caller.say('"IMPLEMENTATION" "test"\r\n"SASL" ""\r\n"STARTTLS"\r\n"VERSION" "1.0"\r\nOK\r\n');
    if ((await caller.line()) !== 'STARTTLS') return false;
    caller.say('OK "begin"\r\n');
    return true;
  },
  ldap: async (caller) => {
    const [tag, length = 0] = await caller.bytes(2);
    const request = await caller.bytes(length);
    if (tag !== 0x30 || !request.includes('1.3.6.1.4.1.1466.20037')) return false;
    const id = request.subarray(0, 3);
    // Active Directory writes every length in four bytes behind 0x84.
    const body = Buffer.concat([
      id,
      Buffer.from('78 84 00 00 00 07 0a 01 00 04 00 04 00'.replaceAll(' ', ''), 'hex'),
    ]);
    caller.say(
      Buffer.concat([Buffer.from('308400000000'.slice(0, 10), 'hex'), Buffer.of(body.length), body]),
    );
    return true;
  },
  postgres: async (caller) => {
    if ((await caller.bytes(8)).toString('hex') !== '0000000804d2162f') return false;
    caller.say('S');
    return true;
  },
  mysql: async (caller) => {
    const greeting = Buffer.concat([
      Buffer.from('\n8.0.36-test\0', 'latin1'),
      Buffer.from('01000000', 'hex'),
      Buffer.from('12345678\0', 'latin1'),
      // Lower flags with CLIENT_SSL, character set, status, upper flags, length of the challenge, filler.
      Buffer.from('ffff2d0200ffdf15', 'hex'),
      Buffer.alloc(10),
      Buffer.from('123456789012\0caching_sha2_password\0', 'latin1'),
    ]);
    caller.say(Buffer.concat([Buffer.of(greeting.length, 0, 0, 0), greeting]));
    const header = await caller.bytes(4);
    const request = await caller.bytes(header[0]!);
    return header[0] === 32 && header[3] === 1 && (request.readUInt32LE(0) & 0x800) !== 0;
  },
  rdp: async (caller) => {
    const header = await caller.bytes(4);
    const request = await caller.bytes(header.readUInt16BE(2) - 4);
    const protocols = request.readUInt32LE(request.length - 4);
    if (header[0] !== 3 || request[1] !== 0xe0 || !(protocols & 1)) return false;
    caller.say(Buffer.from('030000130ed000001234000201080001000000', 'hex'));
    return true;
  },
  mssql: async (caller) => {
    const header = await caller.bytes(8);
    const prelogin = await caller.bytes(header.readUInt16BE(2) - 8);
    if (header[0] !== 0x12 || prelogin[0] !== 0) return false;
    // VERSION, ENCRYPTION (required), end.
    const body = Buffer.from('00000b00060100110001ff0f0007d0000003', 'hex');
    caller.say(Buffer.concat([Buffer.of(4, 1, 0, 8 + body.length, 0, 0, 1, 0), body]));
    return true;
  },
};

export interface Served {
  readonly port: number;
  /** Common names of the clients that came to TLS, '' without a certificate. */
  readonly seen: string[];
}

/** Listens in a protocol, then in TLS. `pieces`: sends what it says byte by byte. */
export async function starttlsServer(
  protocol: string,
  options: TlsOptions,
  open: Opening = openings[protocol]!,
): Promise<Served> {
  const seen: string[] = [];
  const port = await rawServer(async (socket) => {
    const caller = new Caller(socket);
    const isAgreed = await open(caller).catch(() => false);
    if (!isAgreed) return socket.destroy();
    const secure = upgrade(caller.release(), protocol === 'mssql', options);
    secure.on('error', () => undefined);
    secure.on('data', () => undefined);
    secure.once('secure', () => seen.push(String(secure.getPeerCertificate().subject?.CN ?? '')));
  });
  return { port, seen };
}

function upgrade(socket: Socket, inPackets: boolean, options: TlsOptions): TLSSocket {
  const packets = inPackets ? new TdsPackets(socket) : null;
  const secure = new tls.TLSSocket((packets ?? socket) as Socket, { ...options, isServer: true });
  secure.once('secure', () => packets?.endWrapping());
  return secure;
}

/** TLS of a TDS 7 server: in packets of type 18 until the handshake is over. */
class TdsPackets extends Duplex {
  readonly #socket: Socket;
  #isWrapping = true;
  #bytes = Buffer.alloc(0);

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
    socket.resume();
  }

  endWrapping(): void {
    this.#isWrapping = false;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: string, done: () => void): void {
    // Small packets, so that records are spread over several.
    for (let at = 0; at < chunk.length; at += 500) {
      const part = chunk.subarray(at, at + 500);
      const header = Buffer.of(0x12, at + 500 >= chunk.length ? 1 : 0, 0, 0, 0, 0, 1, 0);
      header.writeUInt16BE(8 + part.length, 2);
      this.#socket.write(this.#isWrapping ? Buffer.concat([header, part]) : part);
    }
    done();
  }

  override _final(done: () => void): void {
    this.#socket.end();
    done();
  }

  #receive(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes[0] === 0x12 && this.#bytes.length >= 8) {
      const length = this.#bytes.readUInt16BE(2);
      if (this.#bytes.length < length) return;
      this.push(this.#bytes.subarray(8, length));
      this.#bytes = this.#bytes.subarray(length);
    }
    if (this.#bytes.length === 0 || this.#bytes[0] === 0x12) return;
    this.push(this.#bytes);
    this.#bytes = Buffer.alloc(0);
  }
}
