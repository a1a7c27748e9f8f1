import { spawnSync } from 'node:child_process';

/**
 * Runs two whole commands turn by turn, `rounds` times each after one warm-up, and prints medians and the ratio
 * of medians. Wall time in milliseconds, starting the process included.
 */
export function pair(name, ours, peer, rounds = 21) {
  const times = { ours: [], peer: [] };
  for (let round = -1; round < rounds; round++) {
    for (const [who, command] of [
      ['ours', ours],
      ['peer', peer],
    ]) {
      const took = time(command);
      if (round >= 0) times[who].push(took);
    }
  }
  const [a, b] = [median(times.ours), median(times.peer)];
  const spread = (all) => `${Math.min(...all).toFixed(0)}-${Math.max(...all).toFixed(0)}`;
  console.log(
    `${name}: ${ours.title} ${a.toFixed(1)} ms (${spread(times.ours)}), ` +
      `${peer.title} ${b.toFixed(1)} ms (${spread(times.peer)}), ratio ${(a / b).toFixed(2)}`,
  );
  return a / b;
}

function time({ argv: [program, ...args], input = '', exits = [0] }) {
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(program, args, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (error) throw error;
  if (!exits.includes(status)) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  return took;
}

function median(all) {
  return all.toSorted((a, b) => a - b)[all.length >> 1];
}
