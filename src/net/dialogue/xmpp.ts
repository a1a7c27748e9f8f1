import { refused, type Script } from './dialogue.ts';

/** A stream of a client or of a server up to the point where TLS starts (RFC 6120 5.4). */
export const startXmpp = (namespace: 'jabber:client' | 'jabber:server', domain: string): Script =>
  function* (peer) {
    peer.say(
      `<?xml version='1.0'?><stream:stream xmlns='${namespace}' xmlns:stream='http://etherx.jabber.org/streams'` +
        ` version='1.0' to='${escapeXml(domain)}'>`,
    );
    const [features] = yield* peer.match(FEATURES_OR_ERROR, 'stream features');
    if (/<stream:error/.test(features)) return refused(conditionIn(features) ?? 'stream error');
    if (!/<starttls[\s/>]/.test(features)) return refused('STARTTLS is not among its stream features');
    peer.say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    const [answer] = yield* peer.match(PROCEED_OR_FAILURE, 'answer to starttls');
    if (/<proceed/.test(answer)) return 'ready';
    return refused(conditionIn(answer) ?? 'failure');
  };

/** No XML parser for two elements; the prefix is the one that is used everywhere (RFC 6120 4.8.5). */
const FEATURES_OR_ERROR = /<(stream:(?:features|error))(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/\1\s*>)/;
const PROCEED_OR_FAILURE = /<(proceed|failure|stream:error)(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/\1\s*>)/;

/** The first element inside: host-unknown, policy-violation …, and the text beside it. */
function conditionIn(xml: string): string | null {
  const condition = /^<[^>]*>\s*<([\w-]+)/.exec(xml)?.[1] ?? null;
  const text = /<text\b[^>]*>([^<]*)<\/text/.exec(xml)?.[1];
  return condition && text ? `${condition}: ${text}` : condition;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', "'": '&apos;' };
const escapeXml = (text: string): string => text.replace(/[&<']/g, (char) => ESCAPES[char]!);
