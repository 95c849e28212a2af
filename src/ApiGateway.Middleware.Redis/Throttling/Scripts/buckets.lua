-- The value of a bucket: version 1, its tokens, when they were counted, and the rate and capacity that it had then.
-- A bucket that is not there is full: so it expires when it would be.

-- Fractions of a second have no exact form: what should be a whole token may come out below by that much.
local TOLERANCE = 1e-6
local LONGEST_MS = 366 * 86400 * 1000

local function fill(raw, rate, capacity, now)
  if not raw or raw:byte(1) ~= 1 then
    return capacity, now
  end
  local _, tokens, at, oldRate, oldCapacity = struct.unpack('<Bdddd', raw)
  if now > at then
    tokens = math.min(oldCapacity, tokens + (now - at) * oldRate / 1000000)
  else
    -- The server's clock went back: nothing is regained twice.
    now = at
  end
  if oldCapacity ~= capacity then
    -- Another limit: as full, in parts of the whole, as before.
    tokens = oldCapacity > 0 and tokens / oldCapacity * capacity or capacity
  end
  return tokens, now
end

local function store(key, tokens, at, rate, capacity)
  local ttl = LONGEST_MS
  if rate > 0 then
    ttl = math.min(ttl, math.ceil((capacity - tokens) / rate * 1000) + SLACK_MS)
  end
  redis.call('SET', key, struct.pack('<Bdddd', 1, tokens, at, rate, capacity), 'PX', math.max(1, ttl))
end
