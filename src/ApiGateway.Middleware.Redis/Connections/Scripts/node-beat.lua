-- KEYS: when nodes were last heard, since when without a gap, the mark of one that was replaced.
-- ARGV: the node, the longest gap in ms. Answer: 0 unknown, 1 known, 2 replaced.
local now = clock()
local last = redis.call('ZSCORE', KEYS[1], ARGV[1])
local replaced = redis.call('DEL', KEYS[3]) == 1
redis.call('ZADD', KEYS[1], now, ARGV[1])
if replaced or not last or now - last > ARGV[2] * 1000 then
  redis.call('HSET', KEYS[2], ARGV[1], now)
end
if replaced then
  return 2
end
return last and 1 or 0
