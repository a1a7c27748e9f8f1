import { equalBytes, fromHex } from '../../../../base/bytes.ts';
import { decodeServerHello, type ServerHello } from '../../handshake/server-hello.ts';
import { ALERT } from '../../registry/alert.ts';
import { cipherSuite } from '../../registry/cipher-suite.ts';
import { HANDSHAKE } from '../../registry/handshake-type.ts';
import { namedGroup } from '../../registry/named-group.ts';
import { TLS12, TLS13, version } from '../../registry/version.ts';
import { plain } from '../protection.ts';
import { fitsVersion, type Suite, suiteOf } from '../suite.ts';
import { Violation } from '../violation.ts';
import { beginClassic, expectCertificate } from './classic/expect-certificate.ts';
import { resumeClassic } from './classic/resume.ts';
import type { Conversation } from './conversation.ts';
import { type Offer, sendOffer, sendSecondOffer } from './offer.ts';
import type { State } from './state.ts';
import { beginTls13 } from './tls13/expect-encrypted-extensions.ts';

/** Sends a ClientHello and waits for the answer. */
export const beginHandshake = async (talk: Conversation): Promise<State> =>
  expectServerHello(talk, await sendOffer(talk));

function expectServerHello(talk: Conversation, offer: Offer): State {
  return {
    expects: 'ServerHello',
    on: {
      [HANDSHAKE.serverHello]: async (message) => {
        const hello = decodeServerHello(message.body);
        if (!hello.isRetry) {
          const resumed = resumes(talk, offer, hello);
          talk.emit({ is: 'server-hello', version: hello.version, cipherSuite: hello.cipherSuite, resumed });
          if (hello.protocol !== null) talk.emit({ is: 'protocol', protocol: hello.protocol });
        }
        const suite = chosenSuite(offer, hello);
        // From here on records bear the chosen version, at most 0x0303 (RFC 8446 5.1); old servers insist on it.
        if (!talk.binding) talk.layer.writing = plain(Math.min(hello.version, TLS12));
        if (hello.isRetry) return retry(talk, offer, hello, suite, message.bytes);
        talk.transcript.add(message.bytes);
        talk.version = hello.version;
        noteOddities(talk, offer, hello);
        if (hello.version === TLS13) return beginTls13(talk, offer, hello, suite);
        const handshake = beginClassic(talk, offer, hello, suite);
        return resumes(talk, offer, hello)
          ? resumeClassic(talk, handshake)
          : expectCertificate(talk, handshake);
      },
    },
  };
}

/** Before TLS 1.3 the server echoes our session id (RFC 5246 7.4.1.3, RFC 5077 3.4), then it names the key. */
function resumes({ options, binding }: Conversation, { hello: ours }: Offer, hello: ServerHello): boolean {
  if (hello.version >= TLS13) return hello.selectedPsk !== null;
  const isOffered = options.resume?.from.terms().is === 'classic' && !binding;
  return isOffered && hello.sessionId.length > 0 && equalBytes(hello.sessionId, ours.sessionId);
}

/** The suite, if version, suite and compression are of what was offered. */
function chosenSuite(offer: Offer, hello: ServerHello): Suite {
  if (!offer.versions.includes(hello.version)) {
    const chosen = version.name(hello.version);
    throw new Violation(ALERT.protocolVersion, `the server chose ${chosen}, which was not offered`);
  }
  const suite = suiteOf(hello.cipherSuite);
  const isOffered = offer.hello.cipherSuites.includes(hello.cipherSuite);
  if (!suite || !isOffered || !fitsVersion(suite, hello.version)) {
    const chosen = `${cipherSuite.name(hello.cipherSuite)} under ${version.name(hello.version)}`;
    throw new Violation(ALERT.illegalParameter, `the server chose ${chosen}, which was not offered`);
  }
  if (hello.compressionMethod !== 0) {
    throw new Violation(ALERT.illegalParameter, `the server chose compression ${hello.compressionMethod}`);
  }
  return suite;
}

/** RFC 8446 4.1.4. */
async function retry(
  talk: Conversation,
  offer: Offer,
  hello: ServerHello,
  suite: Suite,
  bytes: Uint8Array,
): Promise<State> {
  if (offer.retried) throw new Violation(ALERT.unexpectedMessage, 'a second HelloRetryRequest');
  const { retryGroup: group, cookie } = hello;
  if (group !== null && (!offer.groups.includes(group) || offer.shares.has(group))) {
    throw new Violation(ALERT.illegalParameter, `a HelloRetryRequest for ${namedGroup.name(group)}`);
  }
  if (group === null && !cookie) {
    throw new Violation(ALERT.illegalParameter, 'a HelloRetryRequest that changes nothing');
  }
  talk.transcript.replaceByHash(suite.hash);
  talk.transcript.add(bytes);
  talk.dropsChangeCipherSpec = true;
  return expectServerHello(talk, await sendSecondOffer(talk, offer, group, cookie, suite.hash));
}

/** Ends of the server's random when it was made to choose less than it can (RFC 8446 4.1.3). */
const DOWNGRADED = [fromHex('444f574e47524401'), fromHex('444f574e47524400')];

function noteOddities(talk: Conversation, offer: Offer, hello: ServerHello): void {
  const tail = hello.random.subarray(24);
  if (offer.versions[0]! > hello.version && DOWNGRADED.some((mark) => equalBytes(mark, tail))) {
    talk.note(
      'the server can do a newer TLS version than it chose: something between us changed the ClientHello',
    );
  }
  if (hello.version === TLS13 && !equalBytes(hello.sessionId, offer.hello.sessionId)) {
    talk.note('the server did not echo the session id, as TLS 1.3 wants it');
  }
  if (hello.version < TLS13 && !hello.renegotiatedConnection) {
    talk.note('the server does not do secure renegotiation (RFC 5746)');
  }
}
