import { useMay } from '../session/session';

/** What of the settings a person may open. */
export function useSettingsTabs() {
  const catalog = useMay('readCatalog');
  const tokens = useMay('manageTokens');
  return [
    ...(catalog
      ? [
          { label: 'Tax Codes', to: '/settings/tax-codes' },
          { label: 'Currencies', to: '/settings/currencies' },
        ]
      : []),
    ...(tokens ? [{ label: 'Access Tokens', to: '/settings/access-tokens' }] : []),
  ];
}
