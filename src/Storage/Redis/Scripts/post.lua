-- Puts up what a silo does, with the server's time in front, unless it has been removed; answers the last order for it.
-- KEYS  1 board, 2 fence, 3 orders.  ARGV  silo, report.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 'removed' end
local now = redis.call('TIME')
redis.call('HSET', KEYS[1], ARGV[1], string.format('%016d', now[1] * 1000 + math.floor(now[2] / 1000)) .. ARGV[2])
return redis.call('HGET', KEYS[3], ARGV[1]) or ''
