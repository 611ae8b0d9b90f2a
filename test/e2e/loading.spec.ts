import { expect, test } from './easel-page.ts';

test('the page opens although the latest results can’t be read, and reads them when asked again', async ({
  page,
  start,
  complaints,
}) => {
  const easel = await start();
  await page.route('**/rpc/library/list', (route) => route.fulfill({ status: 500, body: '' }));
  await page.goto(easel.url);
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
  const failed = page.getByRole('alert').filter({ hasText: 'The latest results could not be read.' });
  await expect(failed).toBeVisible();
  await expect(page.getByText('Your first picture starts with a sentence')).toBeHidden();
  await page.unroute('**/rpc/library/list');
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(failed).toBeHidden();
  await expect(page.getByText('Your first picture starts with a sentence')).toBeVisible();
  // The browser notes the refusal in its console; that was the point.
  complaints.length = 0;
});

test('a program that is slow to wake does not leave streams of events open', async ({ page, start, complaints }) => {
  const easel = await start();
  const open = new Set<object>();
  let opened = 0;
  page.on('request', (request) => {
    if (!request.url().endsWith('/rpc/system/events')) return;
    opened += 1;
    open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  let refusals = 0;
  await page.route('**/rpc/system/info', (route) => {
    refusals += 1;
    return refusals <= 2 ? route.fulfill({ status: 503, body: '' }) : route.continue();
  });
  await page.goto(easel.url);
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
  expect(opened).toBe(3);
  await expect.poll(() => open.size).toBe(1);
  complaints.length = 0;
});
