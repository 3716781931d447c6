using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Moving;

/// <summary>Connections to the databases of a store that is not there yet, so that nothing can be checked on them.</summary>
internal sealed class ImportLinks : IAsyncDisposable
{
    private bool _isOpen;

    public ImportLinks(RedisStoreOptions options, TimeSpan timeout)
    {
        var settings = ConnectionSettings.Parse(options.Connection, out var problem) ?? throw new ArgumentException(problem, nameof(options));
        var dialer = new Dialer(settings, timeout);
        Jobs = To(settings.Database);
        Content = options.ContentDatabase is { } content && content != settings.Database ? To(content) : Jobs;
        State = options.StateDatabase is { } state && state != settings.Database ? To(state) : Jobs;
        All = [.. new[] { Jobs, Content, State }.Distinct()];

        RedisLink To(int database) => new(stop => dialer.OpenAsync(database, "molino-import", stop), timeout, _ => { });
    }

    /// <summary>To the database of jobs and events.</summary>
    public RedisLink Jobs { get; }

    /// <summary>To the database of large results.</summary>
    public RedisLink Content { get; }

    /// <summary>To the database of grain state.</summary>
    public RedisLink State { get; }

    /// <summary>Each once.</summary>
    public IReadOnlyList<RedisLink> All { get; }

    /// <summary>Connects.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen) return;
        _isOpen = true;
        foreach (var link in All) await link.OpenAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in All) await link.DisposeAsync().ConfigureAwait(false);
    }
}
