-- Notes a silo's sign of life, unless it has been removed.
-- KEYS  1 beats, 2 fence.  ARGV  silo, number.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
