import { useEffect, type RefObject } from 'react';
import { AssistantAsk } from './assistant-ask.tsx';
import { AssistantPanel } from './assistant-panel.tsx';
import { DrawPreview } from './draw-preview.tsx';
import { assistantContext, stylesContext } from './editor-context.ts';
import { LengthLine } from './length-line.tsx';
import { PromptChips } from './prompt-chips.tsx';
import { PromptTools } from './prompt-tools.tsx';
import { StyleDialog } from './style-dialog.tsx';
import { usePromptTools } from './use-prompt-tools.ts';
import { VariableFields } from './variable-fields.tsx';

/** Below the prompt: what is done with it before it is sent, and who helps to write it. */
export function PromptHelp({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const { assistant, lock, shorten, hasStyles, openStyles, closeStyles } = usePromptTools(field);
  const work = assistantContext.useStore((state) => state.work);
  const { load } = stylesContext.useStoreApi().getState();
  // For the names on the chips.
  useEffect(() => void load(), [load]);
  return (
    <>
      <LengthLine onShorten={shorten} />
      <DrawPreview />
      <VariableFields />
      <PromptChips />
      <PromptTools onStyles={openStyles} onLock={lock} obstacle={assistant.obstacle} onTask={assistant.begin} />
      {assistant.asking !== null && (
        <AssistantAsk
          key={assistant.asking}
          task={assistant.asking}
          onStart={(answer) => assistant.asking !== null && assistant.start(assistant.asking, answer)}
          onClose={assistant.close}
        />
      )}
      {work !== null && <AssistantPanel work={work} onAccept={assistant.accept} onClose={assistant.close} />}
      {hasStyles && <StyleDialog onClose={closeStyles} />}
    </>
  );
}
