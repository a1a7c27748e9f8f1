import type { HandshakeSeen } from '../src/evidence/claims.ts';
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

const requests = claims.filter((one): one is HandshakeSeen => one.says === 'certificate-request');
const counted = { requests: 0, names: 0, bytes: 0 };
for (const { request, count = 1 } of requests) {
  if (!request) continue;
  counted.requests += count;
  counted.names += count * request.authorities.length;
  counted.bytes += count * request.authorities.reduce((sum, { der }) => sum + der.length, 0);
}
process.stdout.write(JSON.stringify({ ...counted, memory: process.resourceUsage().maxRSS * 1024 }));
