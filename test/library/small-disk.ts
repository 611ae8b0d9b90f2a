import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

export interface Disk {
  /** Lets nothing be written any more. */
  writeProtect(): void;
  remove(): void;
}

/** Mounts a disk of this size at `path`; where this machine doesn't allow that, answers with the reason. */
export function mountDisk(path: string, size: string): Disk | string {
  if (process.platform !== 'linux') return 'needs Linux to mount a small disk';
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'easel-test', path], { encoding: 'utf8' });
  if (mounted.status !== 0)
    return `a small disk can't be mounted here: ${mounted.stderr.trim() || String(mounted.error)}`;
  return {
    writeProtect: () => {
      const { status, stderr } = spawnSync('mount', ['-o', 'remount,ro', path], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    },
    remove: () => {
      spawnSync('umount', ['-l', path]);
    },
  };
}
