// Ant Design in our colours. Never its compact algorithm, which shrinks text to ten pixels; density
// comes from sizes. Placeholder and tertiary text are darkened until they pass AA.
import { theme, type ThemeConfig } from 'antd';

export function antdTheme(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: 'var(--font)',
      fontSize: 13,
      fontSizeSM: 12,
      controlHeight: 30,
      controlHeightSM: 26,
      borderRadius: 6,
      colorPrimary: dark ? '#2f66e0' : '#1d57cf',
      colorLink: dark ? '#8ab0ff' : '#1a4fbd',
      colorText: dark ? '#e6e9ef' : '#1a202b',
      colorTextSecondary: dark ? '#b6becb' : '#465063',
      colorTextTertiary: dark ? '#9aa4b4' : '#5c6678',
      colorTextPlaceholder: dark ? '#9aa4b4' : '#5c6678',
      colorTextDescription: dark ? '#9aa4b4' : '#5c6678',
      colorBgContainer: dark ? '#161a21' : '#ffffff',
      colorBgElevated: dark ? '#1b2029' : '#ffffff',
      colorBorder: dark ? '#3a4250' : '#cbd1da',
      colorBorderSecondary: dark ? '#272d38' : '#e2e5eb',
      colorError: dark ? '#e5586a' : '#b8142e',
      colorPrimaryHover: dark ? '#3b72ea' : '#1a4fbd',
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: {
        defaultHoverColor: dark ? '#8ab0ff' : '#1a4fbd',
        defaultHoverBorderColor: dark ? '#8ab0ff' : '#1a4fbd',
        defaultActiveColor: dark ? '#8ab0ff' : '#1a4fbd',
      },
    },
  };
}
