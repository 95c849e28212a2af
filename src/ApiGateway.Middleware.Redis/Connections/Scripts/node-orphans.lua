-- KEYS: when nodes were last heard, since when without a gap. All keys of connections share a slot, so that those of other nodes can be made here.
-- ARGV: the node that asks, how long a node may be silent in ms, the lease in ms, how many are wanted, what keys begin with, the longest gap in ms.
-- Answer: node, text and activity of each entry, one after another.
local now = clock()
local silence = ARGV[2] * 1000
local since = redis.call('HGET', KEYS[2], ARGV[1])
local own = redis.call('ZSCORE', KEYS[1], ARGV[1])
local found = {}
-- Who has not been heard lately may have asked before a pause, in which nobody was heard.
if not since or not own or now - own > ARGV[6] * 1000 or now - since < silence then
  return found
end
local wanted = tonumber(ARGV[4])
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - silence))) do
  local lease = ARGV[5] .. 'l:' .. node
  if node ~= ARGV[1] and wanted > 0
    and (redis.call('SET', lease, ARGV[1], 'NX', 'PX', ARGV[3]) or redis.call('GET', lease) == ARGV[1]) then
    -- Should it be alive after all, it learns so with its next beat.
    redis.call('SET', ARGV[5] .. 'r:' .. node, string.format('%.0f', now), 'EX', 86400)
    local set = ARGV[5] .. 'n:' .. node
    local ids = redis.call('SRANDMEMBER', set, wanted)
    if #ids == 0 then
      redis.call('ZREM', KEYS[1], node)
      redis.call('HDEL', KEYS[2], node)
      redis.call('DEL', lease)
    end
    for _, id in ipairs(ids) do
      local entry = redis.call('HMGET', ARGV[5] .. 'c:' .. id, 'n', 'v', 't')
      if entry[1] == node then
        found[#found + 1] = entry[1]
        found[#found + 1] = entry[2]
        found[#found + 1] = entry[3]
        wanted = wanted - 1
      else
        redis.call('SREM', set, id)
      end
    end
  end
end
return found
