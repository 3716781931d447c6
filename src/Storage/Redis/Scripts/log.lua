-- Adds lines to the log of a job that is stored. Lines whose number is not above the last one's were added before.
-- KEYS  1 jobs, 2 log of the job.  ARGV  id, then number and line of each.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
local last = 0
local newest = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
if #newest > 0 then last = tonumber(string.match(newest[1][1], '^%d+')) end
for i = 2, #ARGV, 2 do
  local number = tonumber(ARGV[i])
  if number > last then
    redis.call('XADD', KEYS[2], ARGV[i] .. '-0', 'l', ARGV[i + 1])
    last = number
  end
end
return 1
