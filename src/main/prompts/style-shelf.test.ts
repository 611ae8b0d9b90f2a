import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStyleShelf, type StyleShelf } from './style-shelf.ts';

let root: string;
let shelf: StyleShelf;
const open = (access: 'read' | 'write' = 'write'): StyleShelf =>
  createStyleShelf({ root, access, now: () => Date.UTC(2026, 0, 2) });
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-'));
  shelf = open();
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});
const own = async (from = shelf) => (await from.list()).styles.filter(({ isBuiltIn }) => !isBuiltIn);

describe('the shelf of styles', () => {
  it('has the built-in ones and writes nothing for them', async () => {
    const { styles, notice } = await shelf.list();
    expect(styles.find(({ id }) => id === 'party')).toMatchObject({ isBuiltIn: true, isFavourite: false });
    expect(notice).toBeNull();
    expect(readdirSync(root)).toEqual([]);
  });

  it('keeps what was saved, changed, removed and marked, over a restart', async () => {
    const saved = await shelf.save({ name: 'My look', positive: '{prompt}, bold' });
    expect(saved).toMatchObject({ id: 'my_look', kind: 'style', isBuiltIn: false });
    await shelf.save({ ...saved, name: 'My other look' });
    const gone = await shelf.save({ name: 'Gone', negative: 'x' });
    await shelf.favourite('watercolor', true);
    await shelf.favourite(saved.id, true);
    await shelf.favourite(gone.id, true);
    await shelf.remove(gone.id);
    shelf = open();
    expect(await own()).toEqual([expect.objectContaining({ id: 'my_look', name: 'My other look', isFavourite: true })]);
    const favourites = (await shelf.list()).styles.filter(({ isFavourite }) => isFavourite);
    expect(favourites.map(({ id }) => id)).toEqual(['watercolor', 'my_look']);
    await shelf.favourite('watercolor', false);
    expect(JSON.parse(readFileSync(join(root, 'styles.json'), 'utf8'))).toMatchObject({ favourites: ['my_look'] });
    expect(shelf.all().at(-1)).toMatchObject({ id: 'my_look' });
  });

  it('refuses what can not be', async () => {
    const saved = await shelf.save({ name: 'Mine', positive: 'x' });
    await expect(shelf.save({ name: 'mine', positive: 'y' })).rejects.toMatchObject({ code: 'wrongState' });
    await expect(shelf.save({ name: 'Party', positive: 'y' })).rejects.toMatchObject({ code: 'wrongState' });
    await expect(shelf.save({ id: 'party', name: 'P', positive: 'y' })).rejects.toThrow('Save a copy');
    await expect(shelf.save({ id: 'nobody', name: 'P', positive: 'y' })).rejects.toMatchObject({ code: 'notFound' });
    await expect(shelf.save({ name: 'Empty' })).rejects.toThrow('adds nothing');
    await expect(shelf.save({ name: ' ', positive: 'x' })).rejects.toThrow('name: must have at least 1 character');
    await expect(shelf.remove('party')).rejects.toThrow("can't be removed");
    await expect(shelf.remove('nobody')).rejects.toMatchObject({ code: 'notFound' });
    await expect(shelf.check(['party', saved.id, 'watercolour'])).rejects.toThrow('Did you mean watercolor');
    await expect(shelf.check(['party', 'mine'])).resolves.toBeUndefined();
    expect(await own()).toHaveLength(1);
  });

  it('imports and exports', async () => {
    await shelf.import('name,prompt,negative_prompt\nParty,"a, b",c\nInk two,d,');
    expect((await own()).map(({ id }) => id)).toEqual(['party_2', 'ink_two']);
    expect(await shelf.export({ format: 'a1111' })).toBe(
      'name,prompt,negative_prompt\r\nParty (2),"a, b",c\r\nInk two,d,""\r\n',
    );
    expect(JSON.parse(await shelf.export({ ids: ['sketch'], format: 'fooocus' }))).toHaveLength(1);
    await expect(shelf.import('[{]')).rejects.toThrow('broken JSON in line 1');
    rmSync(join(root, 'styles.json'));
    await expect(shelf.export({ format: 'easel' })).rejects.toThrow('no styles of your own');
  });

  it('sets a damaged file aside and says so', async () => {
    writeFileSync(join(root, 'styles.json'), '{"styles": [');
    const { styles, notice } = await shelf.list();
    expect(notice).toMatch(/was damaged.*set aside as .*styles\.damaged-2026-01-02T00-00-00-000Z\.json/);
    expect(styles.every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
    expect(readdirSync(root)).toEqual(['styles.damaged-2026-01-02T00-00-00-000Z.json']);
    await shelf.save({ name: 'New', positive: 'x' });
    expect(readdirSync(root)).toContain('styles.json');
  });

  it('keeps what can be read of a file that is damaged in part', async () => {
    const styles = [{ id: 'good', name: 'Good', positive: 'x' }, { id: 'bad' }, 7];
    writeFileSync(join(root, 'styles.json'), JSON.stringify({ styles, favourites: ['good', 3] }));
    expect((await shelf.list()).notice).toContain('2 of your styles could not be read');
    expect(await own(open())).toEqual([expect.objectContaining({ id: 'good', isFavourite: true })]);
    expect(readdirSync(root)).toHaveLength(2);
  });

  it('changes nothing in a library that is open for reading only', async () => {
    writeFileSync(join(root, 'styles.json'), 'null');
    expect((await open('read').list()).notice).toContain('was damaged');
    expect(readdirSync(root)).toEqual(['styles.json']);
  });

  it('sees what was edited by hand, and loses nothing of it', async () => {
    await shelf.save({ name: 'First', positive: 'x' });
    const path = join(root, 'styles.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"First"', '"Edited by hand"'));
    await shelf.save({ name: 'Second', positive: 'x' });
    expect((await own()).map(({ name }) => name)).toEqual(['Edited by hand', 'Second']);
  });

  it('takes many changes at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, number) => shelf.save({ name: `Style ${number}`, positive: 'x' })),
    );
    expect(await own(open())).toHaveLength(20);
  });
});
