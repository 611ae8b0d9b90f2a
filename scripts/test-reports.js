import { relative } from 'node:path';

/**
 * One test of a report. `end`: `passed`, `failed`, `skipped`, or `unsteady` where it passed only when it was tried again; `message`:
 * the first lines of what was wrong, indented, of those that failed once.
 */
const test = (file, name, end, message = '') => ({
  file: relative(process.cwd(), file).replaceAll('\\', '/'),
  name,
  end,
  message: firstLines(message),
});

/** From the JSON report of Vitest. A file that could not be run at all counts as one test that failed. */
export function testsOfVitest({ testResults = [] }) {
  return testResults.flatMap(({ name: file, message, status, assertionResults }) => {
    const its = assertionResults.map(({ fullName, status: state, failureMessages: [first] }) =>
      test(file, fullName, endOf(state, first), first),
    );
    const isWhole = status !== 'failed' || its.some(({ end }) => end === 'failed');
    return isWhole ? its : [...its, test(file, 'the file itself', 'failed', message)];
  });
}

/** From that of Playwright. */
export function testsOfPlaywright({ suites = [], errors = [], config }) {
  const ends = { expected: 'passed', unexpected: 'failed', flaky: 'unsteady', skipped: 'skipped' };
  const ofSuite = ({ specs, suites: inner = [] }) => [
    ...specs.flatMap(({ title, file, tests }) =>
      tests.map(({ status, results }) => {
        const wrong = results.find(({ status: its }) => its !== 'passed' && its !== 'skipped');
        const words = wrong?.error?.message ?? wrong?.error?.value ?? wrong?.status;
        return test(`${config.rootDir}/${file}`, title, ends[status], words);
      }),
    ),
    ...inner.flatMap(ofSuite),
  ];
  return [
    ...suites.flatMap(ofSuite),
    ...errors.map(({ message }) => test('playwright.config.ts', 'the run itself', 'failed', message)),
  ];
}

function endOf(state, failure) {
  if (state === 'passed') return failure === undefined ? 'passed' : 'unsteady';
  return state === 'failed' ? 'failed' : 'skipped';
}

const colours = /\u001b\[[0-9;]*m/gu;

function firstLines(message) {
  const lines = message.replace(colours, '').trim().split('\n');
  const own = lines.filter((line) => !line.includes('node_modules') && !/^\s+at new Promise/u.test(line));
  return own
    .slice(0, 15)
    .map((line) => `    ${line}`)
    .join('\n');
}
