import { closeSync, openSync, writeSync } from 'node:fs';

// The input of the log benchmark: what a busy server with several sites logs. Drawn from a seed, the same each time.
// A block of lines is drawn once and written again and again, each time with its own hours.

export const FIELDS =
  'date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status time-taken';

const HOSTS = ['www.example.com', 'portal.example.com', 'api.example.org', 'certs.example.net', '-'];
const AGENTS = [
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/143.0.0.0+Safari/537.36',
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/143.0.0.0+Safari/537.36+Edg/143.0.3650.40',
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64;+rv:145.0)+Gecko/20100101+Firefox/145.0',
  'Mozilla/5.0+(Macintosh;+Intel+Mac+OS+X+10_15_7)+AppleWebKit/605.1.15+(KHTML,+like+Gecko)+Version/18.6+Safari/605.1.15',
  'Mozilla/4.0+(compatible;+MSIE+7.0;+Windows+NT+10.0;+Win64;+x64;+Trident/7.0;+.NET4.0C;+.NET4.0E;+.NET+CLR+2.0.50727;+.NET+CLR+3.0.30729;+.NET+CLR+3.5.30729)',
  'Microsoft-CryptoAPI/10.0',
  'curl/8.14.1',
  '-',
];
const FOLDERS = ['/certsrv/', '/api/v1/item/', '/secure/app/', '/static/js/bundle-', '/logon/'];
const REFUSED = [
  '403 7 5',
  '403 7 5',
  '403 7 64',
  '403 16 2148204809',
  '403 16 2148204810',
  '403 13 2148081683',
  '403 17 2148204801',
];
const FAILED = ['404 0 2', '401 2 5', '401 1 2148074254', '500 0 64', '413 1 0', '304 0 0', '302 0 0'];
/** Lines of a block, and between two restarts of the server. */
const LINES = 200_000;
const RESTART = 60_000;
const BLOCK_SECONDS = 5400;
const BEGIN = Date.UTC(2026, 9, 1);

/** Writes a log of at least `size` bytes. */
export function writeLog(file, size) {
  const out = openSync(file, 'w');
  let written = 0;
  for (const block of logBlocks(size)) written += writeSync(out, block);
  closeSync(out);
  return written;
}

/** Whole lines, at least `size` bytes of them in all; the same buffer each time. */
export function* logBlocks(size) {
  const block = drawBlock(drawer(20_261_125));
  for (let made = 0, round = 0; made < size; round++) {
    stamp(block, round);
    const end = size - made < block.bytes.length ? block.bytes.indexOf(10, size - made) + 1 : 0;
    const part = end > 0 ? block.bytes.subarray(0, end) : block.bytes;
    made += part.length;
    yield part;
  }
}

function drawBlock(draw) {
  const clients = Array.from({ length: 4000 }, () => client(draw));
  const paths = Array.from({ length: 600 }, (_, i) => `${FOLDERS[i % 5]}${i}${i % 2 ? '' : '.aspx'}`);
  const lines = [];
  const places = [];
  let at = 0;
  const add = (line, seconds) => {
    places.push({ at: line.startsWith('#Date: ') ? at + 7 : at, seconds });
    lines.push(line);
    at += line.length;
  };
  for (let i = 0; i < LINES; i++) {
    const seconds = Math.floor((i / LINES) * BLOCK_SECONDS);
    if (i % RESTART === 0) {
      const head = '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n';
      lines.push(head);
      at += head.length;
      add('#Date: 0000-00-00 00:00:00\r\n', seconds);
      lines.push(`#Fields: ${FIELDS}\r\n`);
      at += FIELDS.length + 11;
    }
    add(drawLine(draw, clients, paths), seconds);
  }
  return { bytes: Buffer.from(lines.join(''), 'latin1'), places };
}

function drawLine(draw, clients, paths) {
  const site = draw(4);
  const outcome = draw(100);
  const status = outcome === 0 ? one(draw, REFUSED) : outcome < 8 ? one(draw, FAILED) : '200 0 0';
  return `${[
    '0000-00-00 00:00:00',
    `W3SVC${site + 1}`,
    draw(5) ? '10.0.0.5' : '2001:db8:10::5',
    draw(5) ? 'GET' : 'POST',
    one(draw, paths),
    draw(3) ? '-' : `id=${draw(1_000_000)}&x=${draw(1000)}`,
    draw(10) ? 443 : 8443,
    draw(4) ? '-' : `CORP\\user${draw(5000)}`,
    one(draw, clients),
    one(draw, AGENTS),
    draw(3) ? '-' : `https://${HOSTS[site]}/start`,
    draw(20) ? HOSTS[site] : '-',
    status,
    draw(2000),
  ].join(' ')}\r\n`;
}

const one = (draw, of) => of[draw(of.length)];

const client = (draw) =>
  draw(3)
    ? `10.${draw(4)}.${draw(250)}.${draw(250)}`
    : `2001:db8:${draw(65_536).toString(16)}:${draw(65_536).toString(16)}::${draw(65_536).toString(16)}`;

/** Numbers below `most` by xorshift (Marsaglia 2003). */
function drawer(seed) {
  let x = seed;
  return (most) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % most;
  };
}

/** Gives all lines of the block their time of this round. */
function stamp({ bytes, places }, round) {
  let last = -1;
  let text = '';
  for (const { at, seconds } of places) {
    if (seconds !== last) {
      const time = new Date(BEGIN + (round * BLOCK_SECONDS + seconds) * 1000);
      text = time.toISOString().slice(0, 19).replace('T', ' ');
      last = seconds;
    }
    bytes.latin1Write(text, at);
  }
}
