/** The easel, in the text's colour with the accent for the picture on it. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="8 6 48 53" fill="none" aria-hidden focusable="false">
      <g stroke="currentColor" strokeWidth="4" strokeLinecap="round">
        <path d="M32 8.5v6" />
        <path d="M22.5 46.5 17 57M41.5 46.5 47 57M32 47v7" />
        <path d="M12 45.5h40" />
      </g>
      <rect x="15" y="15" width="34" height="27" rx="3" fill="currentColor" />
      <path
        d="M15 36.6 24.4 26.6c.9-.9 2.3-.9 3.1 0l5.8 6.3 3.2-3.3c.9-.9 2.2-.9 3.1 0L49 39v0a3 3 0 0 1-3 3H18a3 3 0 0 1-3-3z"
        fill="var(--easel-accent)"
      />
      <circle cx="40" cy="22.8" r="3" fill="var(--easel-accent)" />
    </svg>
  );
}
