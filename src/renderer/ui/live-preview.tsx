import { useState, type ReactNode } from 'react';

interface LivePreviewProps {
  readonly src: string;
  readonly alt: string;
  readonly className?: string | undefined;
  /** What stands in its place where it can't be had: Easel has ended, or the job has and its preview is gone. */
  readonly instead: ReactNode;
}

/** The latest preview of a job under way; never the browser's mark of a broken picture. */
export function LivePreview({ src, alt, className, instead }: LivePreviewProps) {
  const [failed, setFailed] = useState<string | null>(null);
  if (failed === src) return instead;
  return <img className={className} src={src} alt={alt} onError={() => setFailed(src)} />;
}
