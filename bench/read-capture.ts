import { readers } from '../src/evidence/index.ts';
import { openReading } from '../src/evidence/read.ts';
import { nodeCrypto } from '../src/platform/crypto.ts';
import { nodeDecipher } from '../src/platform/decipher.ts';
import { fileChunks } from '../src/platform/file-chunks.ts';
import { KeyLog } from '../src/wire/tls/passive/key-log.ts';

/** One run of capture.bench: reads the file as `examine` does and prints what was asked for in it. */
const [file = ''] = process.argv.slice(2);
const sharing = { secrets: new KeyLog(), decipher: nodeDecipher };
const reading = openReading({ name: file }, readers, nodeCrypto, sharing);
for await (const chunk of fileChunks(file)) reading.push(chunk);
const { claims } = reading.end();

const handshakes: Record<string, number> = {};
const counted = { handshakes, requests: 0, names: 0, bytes: 0 };
for (const one of claims) {
  if (one.says !== 'certificate-request' && one.says !== 'handshakes-unread') continue;
  const { serverName = '', count = 1 } = one;
  handshakes[serverName] = (handshakes[serverName] ?? 0) + count;
  if (one.says === 'handshakes-unread' || !one.request) continue;
  const { authorities } = one.request;
  counted.requests += count;
  counted.names += count * authorities.length;
  counted.bytes += count * authorities.reduce((sum, { der }) => sum + der.length, 0);
}
process.stdout.write(JSON.stringify({ ...counted, memory: process.resourceUsage().maxRSS * 1024 }));
