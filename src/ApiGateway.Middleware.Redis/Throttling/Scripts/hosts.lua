-- KEYS: the hosts, by when they were last heard of. ARGV: this host, and after how many seconds it is forgotten; 0 if it leaves.
-- Answer: how many there are.
local now = clock()
local seconds = tonumber(ARGV[2])
if seconds > 0 then
  redis.call('ZADD', KEYS[1], now, '\1' .. ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - seconds * 1000000)
else
  redis.call('ZREM', KEYS[1], '\1' .. ARGV[1])
end
redis.call('EXPIRE', KEYS[1], 3600)
return redis.call('ZCARD', KEYS[1])
