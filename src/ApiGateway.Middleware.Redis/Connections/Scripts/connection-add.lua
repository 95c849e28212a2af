-- KEYS: the entry, the connections of its node. ARGV: the node, the entry's text, when it was active, how long it is kept in ms, its id.
redis.call('HSET', KEYS[1], 'n', ARGV[1], 'v', ARGV[2], 't', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('SADD', KEYS[2], ARGV[5])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return 1
