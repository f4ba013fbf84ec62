export const CATALOG_TABS = [
  { label: 'Features', to: '/catalog' },
  { label: 'Plans', to: '/catalog/plans' },
  { label: 'Add-ons', to: '/catalog/add-ons' },
];
export const FEATURE_TRAIL = [
  { label: 'Product Catalog', to: '/catalog' },
  { label: 'Features', to: '/catalog' },
];
export const PLAN_TRAIL = [
  { label: 'Product Catalog', to: '/catalog' },
  { label: 'Plans', to: '/catalog/plans' },
];
export const ADDON_TRAIL = [
  { label: 'Product Catalog', to: '/catalog' },
  { label: 'Add-ons', to: '/catalog/add-ons' },
];
