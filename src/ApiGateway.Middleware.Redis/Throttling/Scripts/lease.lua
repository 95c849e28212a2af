-- KEYS: buckets, and the account if the last argument is one. ARGV, one for each key: rate, capacity, the least that is of use, how much
-- is wanted, how much is given back; or the account's limit, offset, period, the least, wanted, given back, and the day that it was of.
-- Each gives what it has, up to what is wanted, or nothing if that is of no use. What an account gives counts as used.
-- Answer: for each bucket what it gives, its tokens, and the seconds until it has the least; for the account what it gives, its day,
-- and what the quota has left, or -1.
local now = clock()
local count = #KEYS
local raw = redis.call('MGET', unpack(KEYS))
local answer = {}
for i = 1, count do
  local key, argument = KEYS[i], ARGV[i]
  if #argument == 28 then
    local rate, capacity, least, wanted, back = struct.unpack('<ddi4i4i4', argument)
    local tokens, at = fill(raw[i], rate, capacity, now)
    tokens = math.min(capacity, tokens + back)
    local given = math.max(0, math.min(wanted, math.floor(tokens + TOLERANCE)))
    local wait = 0
    if given < least or (least == 0 and tokens < -TOLERANCE) then
      given = 0
      wait = rate > 0 and (least - tokens) / rate or 86400
    end
    if given > 0 or back > 0 then
      tokens = tokens - given
      store(key, tokens, at, rate, capacity)
    end
    answer[i] = struct.pack('<i4dd', given, tokens, wait)
  else
    local quota = quotaOf(argument)
    local least, wanted, back, day = struct.unpack('<i4i4i4i4', argument:sub(18))
    local w = window(key, raw[i], quota, dayOf(now))
    if back ~= 0 then
      if day >= w.day then
        w.used = math.max(0, w.used - back)
      else
        local used, remaining = readDay(redis.call('GET', dayKey(key, day)))
        if used then
          writeDay(key, day, math.max(0, used - back), remaining >= 0 and remaining + back or -1)
        end
        if day >= w.start then
          w.before = math.max(0, w.before - back)
        end
      end
    end
    local given = quota.period ~= 0 and math.max(0, math.min(wanted, left(w, quota))) or wanted
    if given < least then
      given = 0
    end
    w.used = w.used + given
    if given ~= 0 or back ~= 0 then
      storeWindow(key, w)
    end
    answer[i] = struct.pack('<i4i4d', given, w.day, quota.period ~= 0 and math.max(0, left(w, quota)) or -1)
  end
end
return table.concat(answer)
