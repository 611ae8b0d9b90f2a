import {
  ActionIcon,
  Button,
  createTheme,
  Input,
  Menu,
  Modal,
  Notification,
  Popover,
  SegmentedControl,
  Select,
  Slider,
  Switch,
  Tabs,
  Tooltip,
  Combobox,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import classes from './components.module.css';

const ultramarine: MantineColorsTuple = [
  '#eef1fe',
  '#dbe2fc',
  '#b5c2f8',
  '#9db0ff',
  '#6f88f0',
  '#4263eb',
  '#3355d8',
  '#2947bf',
  '#213aa0',
  '#1a2e80',
];

const grey: MantineColorsTuple = [
  '#fafafa',
  '#f1f1f1',
  '#e6e6e6',
  '#d6d6d6',
  '#c6c6c6',
  '#8c8c8c',
  '#6a6a6a',
  '#555555',
  '#363636',
  '#1b1b1b',
];

const dark: MantineColorsTuple = [
  '#ececec',
  '#c9c9c9',
  '#acacac',
  '#919191',
  '#404040',
  '#313131',
  '#1f1f1f',
  '#161616',
  '#101010',
  '#0a0a0a',
];

/** Pixels; controls are a step denser than Mantine's. */
const controlHeight = { xs: '24px', sm: '32px', md: '36px', lg: '40px', xl: '48px' } as const;
const heightOf = (size: unknown): string =>
  typeof size === 'string' && size in controlHeight
    ? controlHeight[size as keyof typeof controlHeight]
    : controlHeight.sm;

const transition = { duration: 100 };

export const theme = createTheme({
  primaryColor: 'ultramarine',
  primaryShade: { light: 6, dark: 5 },
  colors: { ultramarine, gray: grey, dark },
  white: '#ffffff',
  black: '#1b1b1b',
  fontFamily: 'var(--easel-font)',
  fontFamilyMonospace: 'var(--easel-font-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: 'var(--easel-font)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  shadows: { xs: 'none', sm: 'none', md: 'var(--easel-shadow)', lg: 'var(--easel-shadow)', xl: 'var(--easel-shadow)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Combobox: Combobox.extend({
      classNames: { option: classes.option, dropdown: classes.dropdown, search: classes.search },
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      classNames: { input: classes.input },
      vars: (_theme, props) => ({
        wrapper: {
          ...(props.multiline ? {} : { '--input-height': heightOf(props.size) }),
          '--input-padding': '10px',
          '--input-fz': 'var(--mantine-font-size-sm)',
        },
      }),
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: {
          fontWeight: 500,
          fontSize: '12px',
          lineHeight: '16px',
          color: 'var(--easel-text-dim)',
          marginBottom: 4,
        },
        description: { fontSize: '12px', lineHeight: '16px', color: 'var(--easel-text-faint)' },
        error: { fontSize: '12px', lineHeight: '16px' },
      },
    }),
    Select: Select.extend({
      defaultProps: {
        comboboxProps: { transitionProps: transition, shadow: 'md' },
        // Ten options; of more, the scrollbar tells at once.
        maxDropdownHeight: 320,
        scrollAreaProps: { type: 'auto' },
      },
    }),
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, props) => ({ root: { '--button-height': heightOf(props.size), '--button-padding-x': '12px' } }),
      styles: { root: { fontWeight: 500 }, section: { marginInlineEnd: 6 } },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 'sm' },
      vars: (_theme, props) => ({ root: { '--ai-size': heightOf(props.size) } }),
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        withArrow: false,
        transitionProps: transition,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Menu: Menu.extend({
      // Its placeholder is no child that a menu may have.
      defaultProps: { transitionProps: transition, shadow: 'md', withInitialFocusPlaceholder: false },
      classNames: { dropdown: classes.dropdown },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: transition, shadow: 'md' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        transitionProps: transition,
        overlayProps: { color: 'var(--easel-scrim)', backgroundOpacity: 1 },
      },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 100 } }),
    Slider: Slider.extend({ defaultProps: { size: 4, thumbSize: 16 } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs', withThumbIndicator: false } }),
    Tabs: Tabs.extend({ classNames: { list: classes.tabList, tab: classes.tab } }),
    Notification: Notification.extend({ defaultProps: { withBorder: true } }),
  },
});

/** Mantine's own variables, pointed at the tokens. */
export const resolveVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--easel-panel)',
    '--mantine-color-text': 'var(--easel-text)',
    '--mantine-color-bright': 'var(--easel-text)',
    '--mantine-color-dimmed': 'var(--easel-text-dim)',
    '--mantine-color-placeholder': 'var(--easel-text-faint)',
    '--mantine-color-anchor': 'var(--easel-accent-text)',
    '--mantine-color-error': 'var(--easel-danger)',
    '--mantine-color-success': 'var(--easel-success)',
    '--mantine-color-default': 'var(--easel-raised)',
    '--mantine-color-default-hover': 'var(--easel-hover)',
    '--mantine-color-default-color': 'var(--easel-text)',
    '--mantine-color-default-border': 'var(--easel-line-strong)',
    '--mantine-color-disabled': 'var(--easel-hover)',
    '--mantine-color-disabled-color': 'var(--easel-text-faint)',
    '--mantine-color-disabled-border': 'var(--easel-line)',
    '--mantine-primary-color-filled': 'var(--easel-accent)',
    '--mantine-primary-color-filled-hover': 'var(--easel-accent-hover)',
    '--mantine-color-ultramarine-filled': 'var(--easel-accent)',
    '--mantine-color-ultramarine-filled-hover': 'var(--easel-accent-hover)',
    '--mantine-color-ultramarine-light': 'var(--easel-accent-wash)',
    '--mantine-color-ultramarine-light-color': 'var(--easel-accent-text)',
    '--mantine-color-gray-light': 'var(--easel-hover)',
    '--mantine-color-gray-light-hover': 'var(--easel-active)',
    '--mantine-color-gray-light-color': 'var(--easel-text)',
    '--mantine-color-red-light': 'var(--easel-danger-wash)',
    '--mantine-color-red-light-color': 'var(--easel-danger)',
  };
  return { variables: {}, light: both, dark: both };
};
