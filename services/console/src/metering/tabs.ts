export const METERING_TABS = [
  { label: 'Meters', to: '/metering' },
  { label: 'Events', to: '/metering/events' },
];
export const METERING_TRAIL = [{ label: 'Metering', to: '/metering' }];
