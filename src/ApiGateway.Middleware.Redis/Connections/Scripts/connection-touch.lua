-- KEYS: entries. ARGV: when each was active.
for i = 1, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('HSET', KEYS[i], 't', ARGV[i])
  end
end
return #KEYS
