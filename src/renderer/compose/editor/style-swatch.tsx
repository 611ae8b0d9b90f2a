import type { ListedStyle } from '../../../shared/models/prompt-style.ts';
import { lookOf, type StyleLook } from './style-looks.ts';
import classes from './style-swatch.module.css';

const sky = 'M0 0H96V64H0Z';
const hill = 'M0 44C16 30 30 34 44 42S74 34 96 40V64H0Z';
const shore = 'M0 54C22 47 40 58 60 53S84 50 96 54V64H0Z';

/** The same small landscape for each style, in its colours and with its kind of stroke. It is drawn by us, not by a model. */
export function StyleSwatch({ style }: { readonly style: Pick<ListedStyle, 'id' | 'kind' | 'isBuiltIn'> }) {
  const look = lookOf(style);
  const [back, sun, far, near] = look.colours;
  const id = `swatch-${style.id}`;
  const line = { stroke: look.line, strokeWidth: look.stroke, strokeLinejoin: 'round' as const };
  return (
    <svg className={classes.swatch} viewBox="0 0 96 64" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <defs>
        <Texture id={id} look={look} />
      </defs>
      <path d={sky} fill={back} />
      <g
        filter={look.technique === 'soft' ? `url(#${id})` : undefined}
        shapeRendering={look.technique === 'blocks' ? 'crispEdges' : undefined}
      >
        {look.technique === 'blocks' ? (
          <Blocks colours={look.colours} />
        ) : (
          <>
            <circle cx="66" cy="20" r="11" fill={sun} {...line} />
            <path d={hill} fill={far} {...line} />
            <path d={shore} fill={near} {...line} />
          </>
        )}
      </g>
      {look.technique !== 'soft' && look.technique !== 'flat' && look.technique !== 'blocks' && (
        <rect width="96" height="64" fill={`url(#${id})`} />
      )}
    </svg>
  );
}

function Texture({ id, look: { technique, line } }: { readonly id: string; readonly look: StyleLook }) {
  switch (technique) {
    case 'soft':
      return (
        <filter id={id}>
          <feGaussianBlur stdDeviation="1.6" />
        </filter>
      );
    case 'hatch':
      return (
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(40)">
          <path d="M0 0H5" stroke={line} strokeWidth="0.8" opacity="0.45" />
        </pattern>
      );
    case 'dots':
      return (
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse">
          <circle cx="2" cy="2" r="0.9" fill={line} opacity="0.35" />
        </pattern>
      );
    case 'grain':
      return (
        <pattern id={id} width="7" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(12)">
          <path d="M1 1h2M4.5 3h1.6M2 4.2h1" stroke={line} strokeWidth="0.7" opacity="0.4" />
        </pattern>
      );
    case 'flat':
    case 'blocks':
      return null;
  }
}

/** Squares of 8 for what is drawn in pixels or blocks. */
function Blocks({ colours: [, sun, far, near] }: { readonly colours: StyleLook['colours'] }) {
  const heights = [3, 4, 4, 3, 2, 3, 3, 4, 4, 3, 3, 3];
  return (
    <>
      <path d="M56 8h16v16H56z" fill={sun} />
      {heights.map((height, column) => (
        <g key={column}>
          <rect x={column * 8} y={64 - height * 8} width="8" height={height * 8} fill={far} />
          <rect x={column * 8} y={column % 3 === 0 ? 56 : 48} width="8" height="16" fill={near} />
        </g>
      ))}
    </>
  );
}
