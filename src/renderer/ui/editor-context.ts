import { createContext, use } from 'react';
import type { GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { PromptOptions } from '../../shared/models/prompt-options.ts';

/** Words for the editor, and what is to be done with them. */
export interface EditorWords {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly options: PromptOptions;
}

/** What other parts of the page may ask of the prompt editor. */
export interface Editor {
  /** Takes words into the editor and goes there; all other settings stay. */
  readonly take: (words: EditorWords) => void;
  /** What is in it now. */
  readonly words: () => EditorWords;
  /** What it would send now; null where no model is chosen. The prompt may be empty. */
  readonly request: () => GenerationRequestInput | null;
}

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (editor === null) throw new Error('The editor is used outside its provider.');
  return editor;
}
