// Fails when src/api/schema.d.ts is not what openapi.json gives.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fresh = join(tmpdir(), `amends-schema-${process.pid}.d.ts`);
execFileSync('npx', ['--no-install', 'openapi-typescript', '../openapi.json', '-o', fresh], { stdio: 'ignore' });
const same = readFileSync(fresh, 'utf8') === readFileSync('src/api/schema.d.ts', 'utf8');
rmSync(fresh);
if (!same) {
  console.error('src/api/schema.d.ts is not what ../openapi.json gives; run npm run schema and commit it');
  process.exit(1);
}
