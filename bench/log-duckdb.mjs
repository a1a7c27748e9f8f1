import { DuckDBInstance } from '@duckdb/node-api';

// One question of log.bench to DuckDB; copied beside its package. Arguments: threads, query. Prints milliseconds.
const [threads, query] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const begun = performance.now();
await connection.run(query);
process.stdout.write(String(performance.now() - begun));
