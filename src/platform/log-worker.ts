import { parentPort, workerData } from 'node:worker_threads';
import { type ScanJob, scan } from './log-scan.ts';

/** One thread of log-scan.ts. */
const { answer, packed } = scan(workerData as ScanJob);
parentPort?.postMessage({ answer, packed }, [packed.buffer as ArrayBuffer]);
