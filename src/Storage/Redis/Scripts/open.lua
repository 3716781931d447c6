-- Says which store this is; makes its identity when there is none and none is expected.
-- A store that an operator accepted in the place of another says so (field "instead:" and the other's key): whoever knows the other follows.
-- KEYS  1 meta.  ARGV  a new key, the layout, the server's run id, the key expected ('' when none is known), the generation to be above,
-- the key in whose place this store was accepted ('' for none).
local call = redis.call
local found = call('HMGET', KEYS[1], 'key', 'generation', 'layout', 'run', 'moving')
if found[5] then return { 'incomplete', found[5] } end
local key, generation, layout, run = found[1], found[2], found[3], found[4]
if ARGV[4] ~= '' and key ~= ARGV[4] and call('HEXISTS', KEYS[1], 'instead:' .. ARGV[4]) == 0 then return { 'replaced', key or '' } end
if ARGV[6] ~= '' and ARGV[6] ~= key then call('HSET', KEYS[1], 'instead:' .. ARGV[6], ARGV[3]) end
if not key then
  generation = ARGV[5] + 1
  call('HSET', KEYS[1], 'key', ARGV[1], 'generation', generation, 'layout', ARGV[2], 'run', ARGV[3], 'jobs', 0, 'events', 0, 'removed', 0, 'refused', 0)
  return { 'open', ARGV[1], generation, tonumber(ARGV[2]), 0 }
end
if tonumber(layout) > tonumber(ARGV[2]) then return { 'newer', tonumber(layout) } end
if run ~= ARGV[3] or tonumber(generation) <= tonumber(ARGV[5]) then
  generation = math.max(tonumber(generation), tonumber(ARGV[5])) + 1
  call('HSET', KEYS[1], 'generation', generation, 'run', ARGV[3])
end
return { 'open', key, tonumber(generation), tonumber(layout), tonumber(call('HGET', KEYS[1], 'events')) }
