import { type Message, say } from '../../base/message.ts';
import type { Ability, Confidence, LateAnswer, LateKind } from '../model.ts';
import { en } from '../words/en.ts';
import type { Family } from './family.ts';
import { message, naming } from './verdict.ts';

/**
 * What families do when the certificate is asked for after the first handshake: clients/11-late-requests.md
 * (observed against Apache), RFC 5246 7.4.1.1, RFC 8446 4.6.2, RFC 9113 9.2.1 and 9.2.3.
 */

export interface LateRule {
  readonly can: Ability;
  /** Messages of words/: how it answers, and what its user sees. */
  readonly way: Message;
  readonly sight: Message;
  readonly programs?: Readonly<Record<string, Ability>>;
  /** Where they differ from the family's. */
  readonly confidence?: Confidence;
  readonly source?: string;
}

export type LateRules = Readonly<Record<LateKind, LateRule>>;

export function lateAnswer(family: Family, kind: LateKind): LateAnswer {
  const { can, way, sight, programs = {}, confidence, source } = family.late[kind];
  const [how, sees] = [naming(family, way), naming(family, sight)];
  return {
    can,
    how: say(en, how),
    sees: say(en, sees),
    way: how,
    sight: sees,
    programs,
    source: source ?? family.source,
    confidence: confidence ?? family.confidence,
  };
}

export const PAGE = message('late-sees-page');

/** It answers, and the page comes. */
export const answers = (id: string, rest: Partial<LateRule> = {}): LateRule => ({
  can: 'yes',
  way: message(id),
  sight: PAGE,
  ...rest,
});

/** It fails with words of its own, the same in every language. */
export const fails = (id: string, error: string, rest: Partial<LateRule> = {}): LateRule => ({
  can: 'no',
  way: message(id),
  sight: message('late-sees-error', { error }),
  ...rest,
});

/**
 * It never announces post_handshake_auth, so that it is the server that has to fail: Apache with 403, http.sys with
 * a reset or 500. `unasked`: what it says to a server that asks all the same.
 */
const announcesNothing = (unasked?: string, rest: Partial<LateRule> = {}): LateRule => ({
  can: 'no',
  way: message('late-announces-nothing'),
  sight: message('late-sees-refusal', unasked === undefined ? {} : { unasked }),
  ...rest,
});

const nobodyKnows: LateRule = {
  can: 'unknown',
  way: message('late-unknown'),
  sight: message('late-sees-unknown'),
  confidence: 'unverified',
};

/** A library of TLS alone: what becomes of HTTP/2 is the application's business. */
const noHttp: LateRule = { ...nobodyKnows, way: message('late-no-http') };

export const OPENSSL_LATE: LateRules = {
  renegotiation: answers('late-renegotiates', {
    programs: { curl: 'yes', requests: 'yes', 'Python ssl': 'yes', 'Node https': 'yes', s_client: 'yes' },
  }),
  'post-handshake': {
    can: 'opt-in',
    way: message('late-announces-by-program'),
    sight: message('late-sees-page-or-refusal'),
    programs: {
      curl: 'yes',
      requests: 'yes',
      'Python ssl': 'opt-in',
      'Node https': 'no',
      s_client: 'opt-in',
    },
  },
  'renegotiation-h2': {
    can: 'opt-in',
    way: message('late-falls-back-by-program'),
    sight: message('late-sees-page-or-http2-error', { error: 'NGHTTP2_HTTP_1_1_REQUIRED' }),
    programs: { curl: 'yes', 'node:http2': 'no' },
  },
  'post-handshake-h2': {
    can: 'opt-in',
    way: message('late-falls-back-by-program'),
    sight: message('late-sees-page-or-http2-error', { error: 'NGHTTP2_HTTP_1_1_REQUIRED' }),
    programs: { curl: 'yes', 'node:http2': 'no' },
  },
};

/** Chrome and its kin: BoringSSL allows renegotiation for http/1.1 only, and has no post-handshake authentication. */
export const BORINGSSL_LATE: LateRules = {
  renegotiation: answers('late-renegotiates-anew'),
  'post-handshake': announcesNothing('ERR_SSL_PROTOCOL_ERROR'),
  'renegotiation-h2': answers('late-falls-back'),
  'post-handshake-h2': announcesNothing(),
};

export const FIREFOX_LATE: LateRules = {
  renegotiation: answers('late-renegotiates-anew'),
  'post-handshake': {
    can: 'opt-in',
    way: message('late-preference-unreliable', { preference: 'security.tls.enable_post_handshake_auth' }),
    sight: message('late-sees-refusal', { unasked: 'SSL_ERROR_RX_UNEXPECTED_CERT_REQUEST' }),
  },
  'renegotiation-h2': answers('late-falls-back'),
  'post-handshake-h2': {
    can: 'opt-in',
    way: message('late-preference', { preference: 'security.tls.enable_post_handshake_auth' }),
    sight: message('late-sees-refusal'),
  },
};

const JAVA_HTTP2 = 'java.io.IOException: Received RST_STREAM: Use HTTP/1.1 for request';

export const JAVA_LATE: LateRules = {
  renegotiation: answers('late-renegotiates'),
  'post-handshake': announcesNothing('unexpected_message'),
  'renegotiation-h2': fails('late-no-fall-back', JAVA_HTTP2),
  'post-handshake-h2': fails('late-no-fall-back', JAVA_HTTP2),
};

export const GO_LATE: LateRules = {
  renegotiation: {
    can: 'opt-in',
    way: message('late-option', { option: 'tls.Config.Renegotiation' }),
    sight: message('late-sees-error', { error: 'local error: tls: no renegotiation' }),
  },
  'post-handshake': announcesNothing('tls: received unexpected handshake message'),
  'renegotiation-h2': fails('late-no-fall-back', 'stream error: … HTTP_1_1_REQUIRED; received from peer'),
  'post-handshake-h2': fails('late-no-fall-back', 'stream error: … HTTP_1_1_REQUIRED; received from peer'),
};

export const GNUTLS_LATE: LateRules = {
  renegotiation: {
    can: 'opt-in',
    way: message('late-application-rehandshakes'),
    sight: message('late-sees-error', { error: 'Rehandshake was requested by the peer' }),
    // wget does the handshake, and then fails to read the answer.
    programs: { wget: 'yes' },
  },
  'post-handshake': {
    can: 'opt-in',
    way: message('late-option', { option: 'GNUTLS_POST_HANDSHAKE_AUTH' }),
    sight: message('late-sees-refusal'),
    programs: { wget: 'yes' },
  },
  'renegotiation-h2': noHttp,
  'post-handshake-h2': noHttp,
};

export const RUSTLS_LATE: LateRules = {
  renegotiation: fails('late-never-renegotiates', 'no_renegotiation'),
  'post-handshake': announcesNothing('unexpected_message'),
  'renegotiation-h2': nobodyKnows,
  'post-handshake-h2': { ...announcesNothing(), confidence: 'source' },
};

const DOTNET_LINUX_PHA = answers('late-announces-with-certificate', {
  source: 'dotnet/runtime Interop.OpenSsl.cs: SslSetPostHandshakeAuth',
  confidence: 'source',
});

/** Its test asks over TLS 1.3 on Windows, too, and demands the certificate. */
const DOTNET_WINDOWS_PHA = answers('late-announces', {
  source: 'dotnet/runtime SslStreamNetworkStreamTest.cs: NegotiateClientCertificateAsyncTls13',
  confidence: 'source',
});

const DOTNET_RENEGOTIATION = answers('late-renegotiates', {
  source: 'SslClientAuthenticationOptions.AllowRenegotiation, true by default (Microsoft documentation)',
  confidence: 'documented',
});

export const DOTNET_LINUX_LATE: LateRules = {
  renegotiation: DOTNET_RENEGOTIATION,
  'post-handshake': DOTNET_LINUX_PHA,
  'renegotiation-h2': noHttp,
  'post-handshake-h2': noHttp,
};

export const DOTNET_WINDOWS_LATE: LateRules = {
  renegotiation: DOTNET_RENEGOTIATION,
  'post-handshake': DOTNET_WINDOWS_PHA,
  'renegotiation-h2': noHttp,
  'post-handshake-h2': noHttp,
};

export const DOTNET_HTTP_LATE: LateRules = {
  renegotiation: DOTNET_RENEGOTIATION,
  'post-handshake': DOTNET_WINDOWS_PHA,
  'renegotiation-h2': nobodyKnows,
  'post-handshake-h2': nobodyKnows,
};

/** The program is told SEC_I_RENEGOTIATE and has to go on with the handshake; WinHTTP does. */
export const SCHANNEL_LATE: LateRules = {
  renegotiation: answers('late-renegotiates', {
    source: 'Microsoft documentation of SEC_I_RENEGOTIATE (Schannel)',
    confidence: 'documented',
  }),
  'post-handshake': {
    ...nobodyKnows,
    way: message('late-schannel-by-program'),
    programs: { '.NET': 'yes', WinHTTP: 'unknown' },
    source: 'dotnet/runtime SslStreamNetworkStreamTest.cs: NegotiateClientCertificateAsyncTls13',
  },
  'renegotiation-h2': nobodyKnows,
  'post-handshake-h2': nobodyKnows,
};

/**
 * Conscrypt lets servers renegotiate; its BoringSSL has no post-handshake authentication. What the HTTP/2 library
 * above it does when it is told HTTP_1_1_REQUIRED differs (square/okhttp#5100) and is not verified.
 */
export const CONSCRYPT_LATE: LateRules = {
  renegotiation: answers('late-renegotiates', {
    source: 'conscrypt NativeSsl.java initialize: SSL_accept_renegotiations',
  }),
  'post-handshake': announcesNothing('unexpected_message'),
  'renegotiation-h2': nobodyKnows,
  'post-handshake-h2': announcesNothing(),
};

/** Families of which the late requests were neither seen nor read. */
export const UNKNOWN_LATE: LateRules = {
  renegotiation: nobodyKnows,
  'post-handshake': nobodyKnows,
  'renegotiation-h2': nobodyKnows,
  'post-handshake-h2': nobodyKnows,
};
