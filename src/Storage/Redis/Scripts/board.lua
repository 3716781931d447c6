-- Reads what silos put up: silo, age in ms, whether it has been removed, report. What is too old to be of use is taken down.
-- KEYS  1 board, 2 fence, 3 orders.  ARGV  how long reports of removed silos are kept, and those of others, in ms.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all = redis.call('HGETALL', KEYS[1])
local answer = {}
for i = 1, #all, 2 do
  local removed = redis.call('HEXISTS', KEYS[2], all[i])
  local age = now - tonumber(string.sub(all[i + 1], 1, 16))
  if age > tonumber(ARGV[2 - removed]) then
    redis.call('HDEL', KEYS[1], all[i])
    redis.call('HDEL', KEYS[3], all[i])
  else
    answer[#answer + 1] = { all[i], math.max(0, age), removed, string.sub(all[i + 1], 17) }
  end
end
return answer
