export { Home } from './Home';
export { QuickStart } from './QuickStart';
