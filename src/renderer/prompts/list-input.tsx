import { Button, Group, Textarea } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../ui/error-note.tsx';
import { FileChoice } from '../ui/file-choice.tsx';
import { formatBytes } from '../ui/format.ts';
import { formatOfFile, longestListFile, type PromptListInput } from './prompt-list-input.ts';
import classes from './prompts-view.module.css';

interface ListInputProps {
  /** A file was chosen or dropped, or something was typed; null: nothing is left of it. */
  readonly onList: (list: PromptListInput | null) => void;
}

/** Many prompts: from a file that is chosen or dropped, or typed and pasted, one a line. */
export function ListInput({ onList }: ListInputProps) {
  const { t } = useTranslation('prompts');
  const [file, setFile] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [isOver, setIsOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    setText('');
    if (chosen.size > longestListFile) {
      setProblem(t('list.tooLarge', { name: chosen.name, size: formatBytes(chosen.size) }));
      return;
    }
    setProblem(null);
    setFile(chosen.name);
    try {
      onList({ content: await chosen.text(), format: formatOfFile(chosen.name) });
    } catch {
      setFile(null);
      setProblem(t('list.unreadable', { name: chosen.name }));
    }
  };
  const clear = (): void => {
    setFile(null);
    onList(null);
  };

  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <Group gap={8}>
        <FileChoice
          accept=".txt,.csv,.json,text/plain,text/csv,application/json"
          onChoose={([chosen]) => void take(chosen)}
        >
          {(button) => (
            <Button
              {...button}
              size="xs"
              variant="default"
              leftSection={<IconFileText size={14} stroke={1.75} aria-hidden />}
            >
              {t('list.choose')}
            </Button>
          )}
        </FileChoice>
        {file !== null && (
          <Button size="xs" variant="subtle" color="gray" onClick={clear}>
            {t('list.clear', { name: file })}
          </Button>
        )}
      </Group>
      <p className={classes.dim}>{t('list.formats')}</p>
      {problem !== null && <ErrorNote error={{ code: 'badInput', message: problem }} />}
      {file === null && (
        <Textarea
          label={t('list.typed')}
          placeholder={t('list.placeholder')}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            setProblem(null);
            onList(value.trim() === '' ? null : { content: value, format: 'text' });
          }}
        />
      )}
    </div>
  );
}
