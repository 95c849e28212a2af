-- KEYS: the account. ARGV: the account's limit, offset, period; the first and the last day. Answer: today; what today used and what the
-- quota has left, or -1; then the past days that are kept, from a month before the first one on: the day, used, left.
local quota = quotaOf(ARGV[1])
local from, to = struct.unpack('<i4i4', ARGV[2])
local key = KEYS[1]
local w = window(key, redis.call('GET', key), quota, dayOf(clock()))
local answer = { struct.pack('<i4dd', w.day, w.used, quota.period ~= 0 and math.max(0, left(w, quota)) or -1) }
local last = math.min(to, w.day - 1)
local first = from - 31
for chunk = first, last, 128 do
  local keys = {}
  for day = chunk, math.min(chunk + 127, last) do
    keys[#keys + 1] = dayKey(key, day)
  end
  for i, raw in ipairs(redis.call('MGET', unpack(keys))) do
    local used, remaining = readDay(raw)
    if used then
      answer[#answer + 1] = struct.pack('<i4dd', chunk + i - 1, used, remaining)
    end
  end
end
return table.concat(answer)
