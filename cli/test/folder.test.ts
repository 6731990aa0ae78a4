import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolder, partsOfKey } from '#cli/folder.ts';

test.each(['../a', 'a/../../b', '/etc/passwd', 'a//b', './a', 'a/', '', 'C:/a', 'a\\..\\b', 'a\0b'])(
  'the key %j is no file inside a folder',
  key => expect(() => partsOfKey(key)).toThrow('cannot be a file inside the folder'),
);

test('keys may have dots and spaces in their names', () =>
  expect(partsOfKey('day 1/..hidden/a.b..c')).toEqual(['day 1', '..hidden', 'a.b..c']));

describe('a folder on this machine', () => {
  let around = '';
  let bucket = '';
  beforeAll(() => {
    around = mkdtempSync(path.join(tmpdir(), 'stepwise-'));
    bucket = path.join(around, 'bucket');
    mkdirSync(path.join(bucket, 'day'), { recursive: true });
    mkdirSync(path.join(around, 'private'));
    writeFileSync(path.join(around, 'private/secret.json'), '"secret"');
    writeFileSync(path.join(bucket, 'day/b.json'), '[1]');
    writeFileSync(path.join(bucket, 'a.json'), '[]');
    symlinkSync(path.join(around, 'private'), path.join(bucket, 'linked'));
    symlinkSync(path.join(around, 'nowhere.json'), path.join(bucket, 'dangling.json'));
    symlinkSync(path.join(bucket, 'day'), path.join(bucket, 'today'));
  });
  afterAll(() => rmSync(around, { recursive: true }));

  test('lists its files by their keys', async () => {
    const objects = await (await openFolder(bucket)).list();
    expect(objects.map(({ key, size }) => [key, size])).toEqual([
      ['a.json', 2],
      ['day/b.json', 3],
    ]);
  });

  test('reads and writes files, and makes the folders around them', async () => {
    const folder = await openFolder(bucket);
    await folder.write('out/x/manifest.json', '{}');
    expect(readFileSync(path.join(bucket, 'out/x/manifest.json'), 'utf8')).toBe('{}');
    expect(Buffer.from((await folder.read('day/b.json')) ?? []).toString()).toBe('[1]');
    expect(Buffer.from((await folder.read('today/b.json')) ?? []).toString()).toBe('[1]');
    expect(await folder.read('day')).toBeUndefined();
    expect(await folder.read('none/at/all')).toBeUndefined();
    rmSync(path.join(bucket, 'out'), { recursive: true });
  });

  test('follows no symbolic link out of itself', async () => {
    const folder = await openFolder(bucket);
    await expect(folder.read('linked/secret.json')).rejects.toThrow('leads out of the folder');
    await expect(folder.write('linked/new.json', '')).rejects.toThrow('leads out of the folder');
    await expect(folder.write('dangling.json', '')).rejects.toThrow('leads out of the folder');
    await expect(folder.read('../private/secret.json')).rejects.toThrow('cannot be a file inside');
    expect(readdirSync(path.join(around, 'private'))).toEqual(['secret.json']);
    expect(readdirSync(around).toSorted()).toEqual(['bucket', 'private']);
  });

  test('must be there, and be a folder', async () => {
    await expect(openFolder(path.join(around, 'none'))).rejects.toThrow('there is no such folder');
    await expect(openFolder(path.join(bucket, 'a.json'))).rejects.toThrow('it is no folder');
  });
});
