import { FileButton } from '@mantine/core';
import { useRef, type ComponentProps } from 'react';

interface FileChoiceProps extends Pick<ComponentProps<typeof FileButton>, 'accept' | 'disabled' | 'children'> {
  readonly multiple?: boolean;
  /** Words for the field itself, which lies hidden behind its button. */
  readonly label?: string;
  /** Never empty. */
  readonly onChoose: (files: readonly [File, ...File[]]) => void;
}

/** A button that asks for files. The same file may be chosen again, mended meanwhile: a browser would keep quiet about that. */
export function FileChoice({ multiple = false, label, onChoose, ...button }: FileChoiceProps) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      {...button}
      multiple={multiple}
      resetRef={reset}
      {...(label !== undefined && { inputProps: { 'aria-label': label } })}
      onChange={(chosen) => {
        const [first, ...others] = [chosen ?? []].flat();
        if (first !== undefined) onChoose([first, ...others]);
        reset.current?.();
      }}
    />
  );
}
