import { spawnSync } from 'node:child_process';
import os from 'node:os';

/**
 * Runs two whole commands turn by turn, `rounds` times each after one warm-up, and prints medians and the ratio
 * of medians. Wall time in milliseconds, starting the process included.
 */
export function pair(name, ours, peer, rounds = 21) {
  return pairOf(
    name,
    { title: ours.title, run: () => time(ours) },
    { title: peer.title, run: () => time(peer) },
    rounds,
  );
}

/** The same for two measurements of one's own: `run` gives a figure. Prints their medians and ratio. */
export async function pairOf(name, ours, peer, rounds, { unit = 'ms', warmUp = 1 } = {}) {
  const figures = { ours: [], peer: [] };
  for (let round = -warmUp; round < rounds; round++) {
    for (const [who, one] of Object.entries({ ours, peer })) {
      const figure = await one.run();
      if (round >= 0) figures[who].push(figure);
    }
  }
  const [a, b] = [median(figures.ours), median(figures.peer)];
  const spread = (all) => `${Math.min(...all).toFixed(0)}-${Math.max(...all).toFixed(0)}`;
  console.log(
    `${name}: ${ours.title} ${a.toFixed(1)} ${unit} (${spread(figures.ours)}), ` +
      `${peer.title} ${b.toFixed(1)} ${unit} (${spread(figures.peer)}), ratio ${(a / b).toPrecision(3)}; ` +
      `load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} processors`,
  );
  return a / b;
}

export function time({ argv: [program, ...args], input = '', exits = [0] }) {
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(program, args, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (error) throw error;
  if (!exits.includes(status)) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  return took;
}

export function median(all) {
  return all.toSorted((a, b) => a - b)[all.length >> 1];
}
