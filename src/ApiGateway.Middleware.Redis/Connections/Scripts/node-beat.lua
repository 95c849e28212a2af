-- KEYS: when nodes were last heard, since when without a gap, the mark of one that was replaced.
-- ARGV: the node, the longest gap in ms, the mark that it has seen. Answer: 0 unknown or 1 known, the mark.
local now = clock()
local last = redis.call('ZSCORE', KEYS[1], ARGV[1])
-- Read, not taken away: the answer may get lost.
local mark = redis.call('GET', KEYS[3]) or ''
redis.call('ZADD', KEYS[1], now, ARGV[1])
if mark ~= ARGV[3] or not last or now - last > ARGV[2] * 1000 then
  redis.call('HSET', KEYS[2], ARGV[1], now)
end
return { last and 1 or 0, mark }
