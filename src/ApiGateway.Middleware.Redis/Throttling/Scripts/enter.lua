-- KEYS: the buckets, and the account if the last argument is one. ARGV, one for each key: rate, capacity, cost, whether it is a dry
-- run; or the account's limit, offset, period. Takes all of it, or nothing.
-- Answer: 3 let in, 0 a bucket refuses, 1 the quota does; the bucket that refuses; for each bucket that was looked at whether it was
-- exceeded, and its tokens; what the quota has left, or -1.
local THROTTLED, EXCEEDED, ALLOWED = 0, 1, 3
local now = clock()
local count = #KEYS
local isCounted = #ARGV[count] == 17
local buckets = isCounted and count - 1 or count
local raw = redis.call('MGET', unpack(KEYS))
local found = {}
local refuses = 0
for i = 1, buckets do
  local rate, capacity, cost, dry = struct.unpack('<ddi4B', ARGV[i])
  local tokens, at = fill(raw[i], rate, capacity, now)
  local b = { rate = rate, capacity = capacity, cost = cost, tokens = tokens, at = at, exceeded = 0 }
  found[i] = b
  if tokens < cost - TOLERANCE then
    b.exceeded = 1
    if dry == 0 then
      refuses = i
      break
    end
  end
end

local decision = ALLOWED
local remaining = -1
if refuses > 0 then
  decision = THROTTLED
elseif isCounted then
  local quota = quotaOf(ARGV[count])
  local w = window(KEYS[count], raw[count], quota, dayOf(now))
  if quota.period ~= 0 and left(w, quota) < 1 then
    decision = EXCEEDED
    remaining = 0
  else
    w.used = w.used + 1
    storeWindow(KEYS[count], w)
    remaining = quota.period ~= 0 and left(w, quota) or -1
  end
end

local answer = { struct.pack('<BB', decision, refuses > 0 and refuses - 1 or 0) }
for i, b in ipairs(found) do
  if decision == ALLOWED and b.exceeded == 0 then
    b.tokens = b.tokens - b.cost
    store(KEYS[i], b.tokens, b.at, b.rate, b.capacity)
  end
  answer[i + 1] = struct.pack('<Bd', b.exceeded, b.tokens)
end
answer[#answer + 1] = struct.pack('<d', remaining)
return table.concat(answer)
