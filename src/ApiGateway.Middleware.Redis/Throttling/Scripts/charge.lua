-- KEYS: the buckets. ARGV, one for each: rate, capacity, cost. Takes the tokens, whether they are there or not; gives back if the cost is
-- below 0. Answer: the tokens of each.
local now = clock()
local answer = {}
for i, key in ipairs(KEYS) do
  local rate, capacity, cost = struct.unpack('<ddi4', ARGV[i])
  local tokens, at = fill(redis.call('GET', key), rate, capacity, now)
  tokens = math.min(capacity, tokens - cost)
  store(key, tokens, at, rate, capacity)
  answer[i] = struct.pack('<d', tokens)
end
return table.concat(answer)
