// Shows every case of a run as a test of Node's own test runner: CONFORM_CONFIG=target.yaml node --test
//
// The binary runs once, before any test is declared. CONFORM is its path where it is not in PATH, and CONFORM_ARGS are further
// flags, a word in each line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

const words = (process.env.CONFORM_ARGS ?? '').split('\n').filter(Boolean);
const config = process.env.CONFORM_CONFIG ? ['--config', process.env.CONFORM_CONFIG] : [];
const ran = spawnSync(process.env.CONFORM ?? 'conform', ['run', ...config, ...words, '-o', 'json'], {
  encoding: 'utf8', maxBuffer: 256 << 20, stdio: ['ignore', 'pipe', 'pipe'],
});

// 0 and 1 are verdicts, and the cases say which. Anything else is no verdict, and no report is there.
if (ran.error || ran.status > 1) {
  test('conform run', () => {
    throw ran.error ?? new Error(`could not judge (exit code ${ran.status}): ${ran.stderr.trim()}`);
  });
} else {
  for (const run of JSON.parse(ran.stdout).runs) {
    describe(`${run.target.profile}/${run.target.style}`, () => {
      for (const one of run.cases) {
        const name = `${one.clause} ${one.name} [${one.format ?? 'no Format'}, ${one.method}]`;
        const skip = ['skipped', 'known', 'not judged'].includes(one.outcome) && `${one.outcome}: ${one.why ?? ''}`;
        test(name, { skip }, () => {
          const broken = (one.findings ?? []).filter((f) => f.level === 'MUST');
          const says = broken.map((f) => `${f.clause}: got ${f.got}, want ${f.want}`).join('\n');
          assert.ok(one.outcome !== 'broken', `${says}\n${run.command ?? 'conform run'} --case ${one.name}`);
        });
      }
    });
  }
}
