export { TaxCodes } from './TaxCodes';
export { Currencies } from './Currencies';
export { AccessTokens } from './AccessTokens';
