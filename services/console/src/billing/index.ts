export { CustomerList } from './CustomerList';
export { NewCustomer } from './NewCustomer';
export { EditCustomer } from './EditCustomer';
export { CustomerPage } from './CustomerPage';
