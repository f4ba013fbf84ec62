import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A deep teal: 4.5:1 on white from shade 7 on, and on the dark background up to shade 4. */
const teal: MantineColorsTuple = [
  '#e6f7f5',
  '#cdeeea',
  '#9addd5',
  '#63cabe',
  '#38b9ab',
  '#1b9f92',
  '#0f8579',
  '#0a6f65',
  '#075a52',
  '#04443e',
];

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  primaryColor: 'usance',
  primaryShade: { light: 7, dark: 7 },
  colors: { usance: teal },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // What is said on a light color must be read, too.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Badge: { defaultProps: { tt: 'none' } },
    Modal: { styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } } },
    Notification: { styles: { description: { color: 'var(--mantine-color-text)' } } },
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    Table: { defaultProps: { verticalSpacing: 'sm' } },
    Select: { defaultProps: { checkIconPosition: 'right', comboboxProps: { shadow: 'md' } } },
  },
});
