-- Notes that a silo wants to hear of a job's end, or that it does no longer. The end itself takes the note away (batch.lua).
-- KEYS  1 waits.  ARGV  id, silo, '1' to note it or '0' to take it back. A field holds the silos, each with a line end.
local found = redis.call('HGET', KEYS[1], ARGV[1]) or ''
local from, to = string.find(found, ARGV[2] .. '\n', 1, true)
if ARGV[3] == '1' then
  if not from then redis.call('HSET', KEYS[1], ARGV[1], found .. ARGV[2] .. '\n') end
elseif from then
  local rest = string.sub(found, 1, from - 1) .. string.sub(found, to + 1)
  if rest == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], rest) end
end
