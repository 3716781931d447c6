using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>Codes of types, queues, silos and pools. The writer adds; readers only resolve what is committed.</summary>
internal sealed class NameTable : IPackNames
{
    private const int Recent = 16;

    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly NativeStatement _insert;
    private readonly (string? Name, int Code)[] _recent = new (string?, int)[Recent];
    private volatile string[] _names = new string[64];
    private int _last;

    /// <summary>Loads the names.</summary>
    /// <param name="connection">The writer's connection.</param>
    public NameTable(NativeConnection connection)
    {
        _insert = connection.Prepare("INSERT INTO names(code, name) VALUES (?1, ?2)");
        var rows = connection.Prepare("SELECT code, name FROM names ORDER BY code");
        while (rows.Step()) Add((int)rows.Int64(0), rows.Text(1));
        rows.Reset();
    }

    /// <summary>The highest code given.</summary>
    public int Last => Volatile.Read(ref _last);

    /// <inheritdoc/>
    /// <remarks>Only for the writer.</remarks>
    public int CodeOf(string name)
    {
        ref var recent = ref _recent[name.Length & (Recent - 1)];
        if (string.Equals(recent.Name, name, StringComparison.Ordinal)) return recent.Code;
        if (!_codes.TryGetValue(name, out var code)) code = Insert(name);
        recent = (name, code);
        return code;
    }

    /// <summary>The code of a name, if it has one.</summary>
    public bool TryCodeOf(string name, out int code) => _codes.TryGetValue(name, out code);

    /// <inheritdoc/>
    public string NameOf(int code)
    {
        var names = _names;
        return TryNameOf(names, code, out var name)
            ? name
            : throw new StoreException(ErrorCodes.StoreCorrupt, $"A record uses name code {code}, which the store does not have: the store is damaged.");
    }

    private int Insert(string name)
    {
        var code = _last + 1;
        _insert.Bind(1, code);
        _insert.Bind(2, name);
        _insert.Run();
        Add(code, name);
        return code;
    }

    private static bool TryNameOf(string[] names, int code, [NotNullWhen(true)] out string? name)
    {
        name = code > 0 && code < names.Length ? names[code] : null;
        return name is not null;
    }

    private void Add(int code, string name)
    {
        var names = _names;
        if (code >= names.Length)
        {
            Array.Resize(ref names, Math.Max(code + 1, names.Length * 2));
            names[code] = name;
            _names = names;
        }
        else
        {
            Volatile.Write(ref names[code], name);
        }

        _codes[name] = code;
        Volatile.Write(ref _last, code);
    }
}
