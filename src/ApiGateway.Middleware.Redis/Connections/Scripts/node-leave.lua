-- KEYS: when nodes were last heard, since when without a gap, the connections of the node. ARGV: the node.
redis.call('HDEL', KEYS[2], ARGV[1])
if redis.call('SCARD', KEYS[3]) == 0 then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], 0, ARGV[1])
end
return 1
