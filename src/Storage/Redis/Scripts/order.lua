-- Leaves an order for a silo that has put something up; answers the order's number, 0 when the silo has not.
-- KEYS  1 board, 2 orders.  ARGV  silo, text.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
local number = redis.call('HINCRBY', KEYS[2], 'last', 1)
redis.call('HSET', KEYS[2], ARGV[1], number .. ':' .. ARGV[2])
return number
