import { probe } from '../src/net/probe.ts';

/** One process of requests.bench: port, version, how many, how many at once, whether to end with the request. */
const [port, version, count, parallel, until] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
let left = count;
let read = 0;

async function worker(): Promise<void> {
  const target = { host: '127.0.0.1', port, serverName: 'www.example.com', path: '/' };
  while (left-- > 0) {
    const { request } = await probe(target, { versions: [version], untilRequest: until === 1 });
    if (request?.authorities.length === 1) read++;
  }
}

const begun = performance.now();
await Promise.all(Array.from({ length: parallel }, worker));
const seconds = (performance.now() - begun) / 1000;
process.stdout.write(JSON.stringify({ read, seconds, memory: process.resourceUsage().maxRSS * 1024 }));
