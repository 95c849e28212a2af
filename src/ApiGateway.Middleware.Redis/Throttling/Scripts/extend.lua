-- KEYS: the account. ARGV: the account's limit, offset, period; how many requests the period is to have left.
local quota = quotaOf(ARGV[1])
local remaining = struct.unpack('<d', ARGV[2])
local w = window(KEYS[1], redis.call('GET', KEYS[1]), quota, dayOf(clock()))
w.extension = remaining - (quota.limit - w.first * quota.offset - w.before - w.used)
storeWindow(KEYS[1], w)
return 1
