/** What runs inside the page. Each function is sent there as text, so it knows nothing but its argument. */

export interface Geometry {
  readonly columns: number;
  /** CSS pixels, as are the others. */
  readonly rowHeight: number;
  readonly cell: number;
  readonly width: number;
  readonly height: number;
  readonly total: number;
}

/** The grid at rest. */
export function readGeometry(): Geometry {
  const scroller = document.querySelector('[role=listbox]');
  const cells = [...document.querySelectorAll('[role=option]:not([hidden])')];
  const boxes = cells.map((cell) => cell.getBoundingClientRect());
  const tops = [...new Set(boxes.map(({ top }) => Math.round(top)))].sort((left, right) => left - right);
  const [first = 0, second = 0] = tops;
  return {
    columns: boxes.filter(({ top }) => Math.round(top) === first).length,
    rowHeight: second - first,
    cell: boxes[0]?.width ?? 0,
    width: scroller?.clientWidth ?? 0,
    height: scroller?.clientHeight ?? 0,
    total: Number(cells[0]?.ariaSetSize ?? 0),
  };
}

/** A grid as one writes it by hand: cells that are used again, moved by transforms, without pictures, words or state. */
export function makeRecycledPool({ columns, rowHeight, cell, width, height, total }: Geometry): void {
  const tallestBox = 16_000_000;
  const scroller = document.createElement('div');
  scroller.setAttribute('role', 'listbox');
  scroller.style.cssText = `position:absolute;overflow:hidden auto;width:${width}px;height:${height}px`;
  const spacer = document.createElement('div');
  spacer.style.cssText = `position:relative;height:${Math.min(tallestBox, Math.ceil(total / columns) * rowHeight)}px`;
  scroller.append(spacer);
  document.body.append(scroller);
  const rows = Math.ceil(height / rowHeight) + 3;
  const pool = Array.from({ length: rows }, () => {
    const cells = Array.from({ length: columns }, (_each, column) => {
      const element = document.createElement('div');
      element.setAttribute('role', 'option');
      element.style.cssText = `position:absolute;width:${cell}px;height:${cell}px;border-radius:4px;background:#2a2a2a;contain:strict`;
      spacer.append(element);
      return { element, x: column * rowHeight };
    });
    return { row: -1, cells };
  });
  let asked = false;
  const draw = (): void => {
    asked = false;
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - 1);
    for (let row = first; row < first + rows; row += 1) {
      const line = pool[row % rows];
      if (!line || line.row === row) continue;
      line.row = row;
      for (const { element, x } of line.cells) element.style.transform = `translate(${x}px, ${row * rowHeight}px)`;
    }
  };
  scroller.addEventListener('scroll', () => {
    if (!asked) requestAnimationFrame(draw);
    asked = true;
  });
  draw();
}

export interface Scrolled {
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[];
  readonly mostNodes: number;
  /** Cells of the window that had no element, over all frames that were looked at. */
  readonly blank: number;
  readonly looks: number;
}

/** Scrolls evenly. With `geometry` each frame is looked at, which costs time of its own: those frames are not to be judged. */
export function scroll(options: {
  speed: number;
  ms: number;
  from: number;
  geometry: Geometry | null;
}): Promise<Scrolled> {
  const { speed, ms, geometry } = options;
  const scroller = document.querySelector('[role=listbox]');
  if (!scroller) throw new Error('There is no grid.');
  const start = options.from * (scroller.scrollHeight - scroller.clientHeight);
  const gap = 9;
  let [blank, looks, mostNodes] = [0, 0, 0];
  const look = ({ columns, rowHeight }: Geometry): void => {
    const view = scroller.getBoundingClientRect();
    const boxes = [...scroller.querySelectorAll('[role=option]:not([hidden])')].map((cell) =>
      cell.getBoundingClientRect(),
    );
    for (let y = view.top + 4; y < view.bottom - 4; y += rowHeight / 2) {
      const there = boxes.filter((box) => box.width > 0 && box.top - gap <= y && box.bottom + gap >= y).length;
      blank += Math.max(0, columns - there);
    }
    looks += 1;
  };
  return new Promise((resolve) => {
    scroller.scrollTop = start;
    const frames: number[] = [];
    const afterFrame = new MessageChannel();
    // By then the frame's own callbacks have run, whatever order they were asked for in.
    afterFrame.port1.onmessage = () => {
      if (geometry) look(geometry);
      mostNodes = Math.max(mostNodes, scroller.querySelectorAll('*').length + 1);
    };
    setTimeout(() => {
      const startedAt = performance.now();
      let last = startedAt;
      const step = (now: number): void => {
        frames.push(now - last);
        last = now;
        scroller.scrollTop = start + (speed * (now - startedAt)) / 1000;
        if (geometry || frames.length % 10 === 0) afterFrame.port2.postMessage(0);
        if (now - startedAt < ms) requestAnimationFrame(step);
        else resolve({ frames: frames.slice(2), mostNodes, blank, looks });
      };
      requestAnimationFrame(step);
    }, 400);
  });
}

/** Milliseconds from setting the scroll bar to the frame in which every cell of the new place is drawn. */
export function jump({ share, geometry }: { share: number; geometry: Geometry }): Promise<number> {
  const scroller = document.querySelector('[role=listbox]');
  if (!scroller) throw new Error('There is no grid.');
  const expected = share * geometry.total;
  const isThere = (): boolean => {
    const view = scroller.getBoundingClientRect();
    const seen = [...scroller.querySelectorAll('[role=option]:not([hidden])')].filter((cell) => {
      const box = cell.getBoundingClientRect();
      return box.bottom > view.top && box.top < view.bottom;
    });
    const places = seen.map((cell) => Number(cell.ariaPosInSet));
    const isNear = places.every((place) => Math.abs(place - expected) < geometry.total / 100 + 500);
    return isNear && seen.length >= geometry.columns * Math.floor(geometry.height / geometry.rowHeight);
  };
  return new Promise((resolve) => {
    const startedAt = performance.now();
    scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => {
      if (isThere() || performance.now() - startedAt > 2000) resolve(performance.now() - startedAt);
      else requestAnimationFrame(() => drawn.port2.postMessage(0));
    };
    requestAnimationFrame(() => drawn.port2.postMessage(0));
  });
}
