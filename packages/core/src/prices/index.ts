export { priceCall, type PricedCall } from './price-call.ts'
export { parseUserPrices, type UserPrice, type UserPrices } from './user-prices.ts'
