export { MeterList } from './MeterList';
export { NewMeter } from './NewMeter';
export { EditMeter } from './EditMeter';
export { MeterPage } from './MeterPage';
export { EventList } from './EventList';
