using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Scripts;

namespace Molino.Storage.Redis.Writing;

/// <summary>The arguments of one run of the batch script, collected group by group.</summary>
internal sealed class BatchScript
{
    /// <summary>The most arguments of one command: Lua's stack holds not many more.</summary>
    private const int MaxArguments = 2000;

    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly RespArguments _keyList = new();
    private readonly Dictionary<(string Name, int Key), RespArguments> _open = [];
    private readonly List<(string Name, int Key, RespArguments Arguments)> _commands = [];
    private readonly Dictionary<(int Key, string Field), long> _counts = [];
    private readonly RespArguments _values = new();
    private readonly RespArguments _order = new();
    private readonly RespArguments _ended = new();
    private readonly RespArguments _notices = new();
    private readonly RespArguments _leases = new();
    private readonly string _channels;
    private int _orderBlocks;

    public BatchScript(StoreKeys keys)
    {
        foreach (var key in (ReadOnlySpan<string>)[keys.Meta, keys.Jobs, keys.Order, keys.Events, keys.Fence, keys.Counts, keys.Expiry, keys.Holders, keys.Risky, keys.Waits, keys.Paused]) Key(key);
        _channels = keys.Notices("");
    }

    /// <summary>The jobs that are looked at and written.</summary>
    public JobRuns Jobs { get; } = new();

    /// <summary>Whether anything is to be written or leased.</summary>
    public bool Writes => Jobs.Writes || _commands.Count > 0 || _counts.Count > 0 || Leases > 0;

    /// <summary>Leases so far.</summary>
    public int Leases { get; private set; }

    /// <summary>The number of a key, declared at its first use.</summary>
    public int Key(string key)
    {
        if (_keys.TryGetValue(key, out var number)) return number;
        _keyList.Add(key);
        return _keys[key] = _keyList.Count;
    }

    /// <summary>Declares keys that have to follow each other, once for each name of such a block.</summary>
    /// <returns>The number of the first.</returns>
    public int KeyBlock(string name, ReadOnlySpan<string> keys)
    {
        if (_keys.TryGetValue(name, out var first)) return first;
        _keys[name] = first = _keyList.Count + 1;
        foreach (var key in keys) _keyList.Add(key);
        return first;
    }

    /// <summary>A command that reads must answer this; none for nothing there.</summary>
    public void ExpectValue(string command, string key, ReadOnlySpan<byte> argument, ReadOnlySpan<byte> value) =>
        _values.Add(command).Add(Key(key)).Add(argument).Add(value);

    /// <summary>New jobs that follow each other are put in the order of acceptance.</summary>
    public void Order(int count, ReadOnlySpan<byte> ids)
    {
        _order.Add(count).Add(ids);
        _orderBlocks++;
    }

    /// <summary>Arguments for a command on a key; calls of the same command and key are joined.</summary>
    /// <param name="name">The command.</param>
    /// <param name="key">The key.</param>
    /// <returns>Where to add whole sets of arguments.</returns>
    public RespArguments Command(string name, string key)
    {
        var number = Key(key);
        if (_open.TryGetValue((name, number), out var arguments) && arguments.Count < MaxArguments) return arguments;
        arguments = new RespArguments();
        _open[(name, number)] = arguments;
        _commands.Add((name, number, arguments));
        return arguments;
    }

    /// <summary>A counter in a hash is changed.</summary>
    public void Count(string key, string field, long step)
    {
        var counter = (Key(key), field);
        _counts[counter] = _counts.GetValueOrDefault(counter) + step;
    }

    /// <summary>A job ends: the silos that wait for it are told.</summary>
    public void Ended(ReadOnlySpan<byte> id) => _ended.Add(id);

    /// <summary>Another silo is told something.</summary>
    public void Notice(string silo, ReadOnlySpan<byte> notice) => _notices.Add(silo).Add(notice);

    /// <summary>A lease is made after the writes.</summary>
    /// <returns>Where to add its arguments.</returns>
    public RespArguments Lease()
    {
        Leases++;
        return _leases;
    }

    /// <summary>The call.</summary>
    /// <param name="generation">The store's generation.</param>
    /// <param name="now">The time, or null for the server's.</param>
    /// <param name="silos">Silos that must not have been removed, this one first.</param>
    /// <param name="blocks">How many blocks of events there are.</param>
    /// <param name="events">The blocks.</param>
    public RespCommand ToCommand(int generation, DateTimeOffset? now, IReadOnlyList<string> silos, int blocks, RespArguments events)
    {
        var jobs = Jobs.Finish();
        var values = new RespArguments(jobs.Written.Length + events.Written.Length + 1024);
        values.Add(generation);
        if (now is { } time) values.Add(StoreTicks.Of(time));
        else values.Add("");
        values.Add(silos.Count);
        foreach (var silo in silos) values.Add(silo);
        values.Add(Jobs.Runs).Add(jobs);
        values.Add(_values.Count / 4).Add(_values);
        values.Add(_orderBlocks).Add(_order);
        values.Add(blocks).Add(events);
        AddCommands(values);
        values.Add(_channels).Add(_ended.Count).Add(_ended).Add(_notices.Count / 2).Add(_notices);
        values.Add(Leases).Add(_leases);
        return StoreScript.Batch.Call(_keyList, values);
    }

    /// <summary>The commands and counters alone, to be sent as they are: for a store that nobody else uses.</summary>
    public IEnumerable<RespCommand> ToCommands()
    {
        var keys = _keys.ToDictionary(key => key.Value, key => key.Key);
        foreach (var (name, key, arguments) in _commands) yield return new RespCommand(name, arguments.Written.Length + 256).Arg(keys[key]).Args(arguments);
        foreach (var ((key, field), step) in _counts) yield return new RespCommand("HINCRBY").Arg(keys[key]).Arg(field).Arg(step);
    }

    private void AddCommands(RespArguments values)
    {
        values.Add(_commands.Count + _counts.Count(counter => counter.Value != 0));
        foreach (var (name, key, arguments) in _commands) values.Add(name).Add(key).Add(arguments.Count).Add(arguments);
        foreach (var ((key, field), step) in _counts)
        {
            if (step != 0) values.Add("HINCRBY").Add(key).Add(2).Add(field).Add(step);
        }
    }
}
