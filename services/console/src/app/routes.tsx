import { lazy, type ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import { NotFound } from '../ui/NotFound';
import { Permitted } from '../session/Permitted';
import type { Permission } from '../session/session';
import { RouteFault } from './RouteFault';
import { Shell } from './Shell';

type Pages<Name extends string> = Record<Name, ComponentType>;

/** A page whose code is loaded when it is first opened, and only for those who may see it. */
function page<Name extends string>(
  path: string,
  permission: Permission,
  load: () => Promise<Pages<Name>>,
  name: Name,
): RouteObject {
  const Page = lazy<ComponentType>(async () => ({ default: (await load())[name] }));
  return {
    path,
    element: (
      <Permitted permission={permission}>
        <Page />
      </Permitted>
    ),
  };
}

const home = () => import('../home');
const metering = () => import('../metering');
const catalog = () => import('../catalog');
const billing = () => import('../billing');
const settings = () => import('../settings');

const Home = lazy(async () => ({ default: (await home()).Home }));

export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    errorElement: <RouteFault />,
    children: [
      { index: true, element: <Home /> },
      page('quick-start', 'applyCatalog', home, 'QuickStart'),

      page('metering', 'readMeters', metering, 'MeterList'),
      page('metering/new', 'changeMeters', metering, 'NewMeter'),
      page('metering/events', 'readMeters', metering, 'EventList'),
      page('metering/meters/:meterId', 'readMeters', metering, 'MeterPage'),
      page('metering/meters/:meterId/edit', 'changeMeters', metering, 'EditMeter'),

      page('catalog', 'readCatalog', catalog, 'FeatureList'),
      page('catalog/features/new', 'changeCatalog', catalog, 'NewFeature'),
      page('catalog/features/:featureId', 'readCatalog', catalog, 'FeaturePage'),
      page('catalog/plans', 'readCatalog', catalog, 'PlanList'),
      page('catalog/plans/new', 'changeCatalog', catalog, 'NewPlan'),
      page('catalog/plans/:planId', 'readCatalog', catalog, 'PlanPage'),
      page('catalog/add-ons', 'readCatalog', catalog, 'AddonList'),
      page('catalog/add-ons/new', 'changeCatalog', catalog, 'NewAddon'),
      page('catalog/add-ons/:addonId', 'readCatalog', catalog, 'AddonPage'),

      page('billing', 'readBilling', billing, 'CustomerList'),
      page('billing/customers/new', 'changeBilling', billing, 'NewCustomer'),
      page('billing/customers/:customerId/edit', 'changeBilling', billing, 'EditCustomer'),
      page('billing/customers/:customerId/:tab?', 'readBilling', billing, 'CustomerPage'),

      { path: 'settings', element: <Navigate to="/settings/tax-codes" replace /> },
      page('settings/tax-codes', 'readCatalog', settings, 'TaxCodes'),
      page('settings/currencies', 'readCatalog', settings, 'Currencies'),
      page('settings/access-tokens', 'manageTokens', settings, 'AccessTokens'),

      { path: '*', element: <NotFound what="page" /> },
    ],
  },
];
