-- Writes or removes a record of grain state whose etag is the one expected, unless the silo has been removed.
-- KEYS  1 states, 2 fence.  ARGV  silo, field, etag expected ('' for none), etag and bytes of the new record ('' to remove it).
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 'removed' end
local found = redis.call('HGET', KEYS[1], ARGV[2])
if (found and string.sub(found, 1, 16) or '') ~= ARGV[3] then return 'other' end
if ARGV[4] == '' then redis.call('HDEL', KEYS[1], ARGV[2]) else redis.call('HSET', KEYS[1], ARGV[2], ARGV[4]) end
return 'done'
