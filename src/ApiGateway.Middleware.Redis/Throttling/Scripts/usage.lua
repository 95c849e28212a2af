-- The value of an account: version 1, period (0 none, 1 day, 2 week, 3 month), whether it is the first one, the day since 1970, the
-- day on which the period began, what the period used before the day, what the day used, and by how much the period was extended.
-- The value of a past day: version 1, what was used, and what was left then (-1 without a quota).

local KEPT_DAYS = 94

local function dayOf(now)
  return math.floor(now / 86400000000)
end

local function dayOfMonth(day)
  -- Of the years from March on, which put the leap day last: 719468 days before 1970 is 0000-03-01.
  local z = day + 719468
  local d = z % 146097
  local y = math.floor((d - math.floor(d / 1460) + math.floor(d / 36524) - math.floor(d / 146096)) / 365)
  local ofYear = d - (365 * y + math.floor(y / 4) - math.floor(y / 100))
  local m = math.floor((5 * ofYear + 2) / 153)
  return ofYear - math.floor((153 * m + 2) / 5) + 1
end

local function startOf(period, day)
  if period == 2 then
    return day - (day + 4) % 7
  end
  if period == 3 then
    return day - dayOfMonth(day) + 1
  end
  return day
end

local function dayKey(key, day)
  return key:sub(1, -2) .. 'u:' .. day
end

local function readDay(raw)
  if raw and raw:byte(1) == 1 then
    local _, used, remaining = struct.unpack('<Bdd', raw)
    return used, remaining
  end
end

local function writeDay(key, day, used, remaining)
  redis.call('SET', dayKey(key, day), struct.pack('<Bdd', 1, used, remaining), 'EX', KEPT_DAYS * 86400)
end

local function left(w, quota)
  return quota.limit - w.first * quota.offset + w.extension - w.before - w.used
end

-- Reads the account as of today; a day that has ended goes to a key of its own.
local function window(key, raw, quota, today)
  local period = quota.period
  if not raw or raw:byte(1) ~= 1 then
    return { period = period, first = 1, day = today, start = startOf(period, today), before = 0, used = 0, extension = 0 }
  end
  local w = {}
  local _
  _, w.period, w.first, w.day, w.start, w.before, w.used, w.extension = struct.unpack('<BBBi4i4ddd', raw)
  if today <= w.day and w.period == period then
    return w
  end

  today = math.max(today, w.day)
  local start = startOf(period, today)
  local isSame = w.period == period and w.start == start
  local n = { period = period, day = today, start = start, before = 0, used = 0, extension = isSame and w.extension or 0 }
  n.first = w.first == 1 and start <= w.start and 1 or 0
  if w.day == today then
    n.used = w.used
  else
    writeDay(key, w.day, w.used, period ~= 0 and w.period == period and math.max(0, left(w, quota)) or -1)
  end
  if isSame then
    n.before = w.before + w.used
  elseif period ~= 0 then
    for day = start, today - 1 do
      n.before = n.before + (readDay(redis.call('GET', dayKey(key, day))) or 0)
    end
  end
  return n
end

local function storeWindow(key, w)
  redis.call('SET', key, struct.pack('<BBBi4i4ddd', 1, w.period, w.first, w.day, w.start, w.before, w.used, w.extension),
    'EX', (KEPT_DAYS + 31) * 86400)
end

local function quotaOf(argument)
  local limit, offset, period = struct.unpack('<ddB', argument)
  return { limit = limit, offset = offset, period = period }
end
