-- How long a value is kept beyond the time from which it says nothing.
local SLACK_MS = 1000

-- Microseconds since 1970 by the server, so that the clocks of hosts do not matter. Whole numbers: seconds would be rounded.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end
