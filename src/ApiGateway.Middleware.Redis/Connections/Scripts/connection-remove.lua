-- KEYS: the entry, the connections of its node. ARGV: the node, the entry's id. Answer: 1 for the one caller that has removed it.
redis.call('SREM', KEYS[2], ARGV[2])
if redis.call('HGET', KEYS[1], 'n') == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
