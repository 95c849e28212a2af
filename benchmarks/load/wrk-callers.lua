-- Requests of a hundred thousand callers in no order, each with its own value of a header.
local callers = 100000
local requests = {}

init = function(args)
  math.randomseed(7)
  for i = 0, callers - 1 do
    wrk.headers["x-api-key"] = string.format("caller-%013d", i)
    requests[i] = wrk.format()
  end
end

request = function()
  return requests[math.random(0, callers - 1)]
end

dofile(os.getenv("WRK_REPORT"))
