import type { Schemas } from '../api/client';
export function MeterCheck(_: { meter: Schemas['CreateMeterRequest'] }) { return null; }
