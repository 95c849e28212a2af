-- KEYS: the entry, the connections of its node, who has removed it. ARGV: the node, the entry's id, the node that asks, how long to remember that in s.
-- Answer: 1 for the one node that has removed it, also when it asks again.
redis.call('SREM', KEYS[2], ARGV[2])
if redis.call('HGET', KEYS[1], 'n') == ARGV[1] then
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
  return 1
end
return redis.call('GET', KEYS[3]) == ARGV[3] and 1 or 0
