using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Leasing;

/// <summary>Reads a range of the ready index in small chunks. What was taken has left the index by the next chunk.</summary>
internal sealed class ReadySource(WriteSession session, long from, long to, int chunk)
{
    private readonly List<StoredJob> _jobs = [];
    private int _next;
    private bool _atEnd;

    /// <summary>Looks at the head.</summary>
    public bool TryPeek(out StoredJob head)
    {
        if (_next == _jobs.Count && !_atEnd) Fill();
        if (_next == _jobs.Count)
        {
            head = default;
            return false;
        }

        head = _jobs[_next];
        return true;
    }

    /// <summary>The head was taken.</summary>
    public void Taken() => _next++;

    private void Fill()
    {
        _jobs.Clear();
        _next = 0;
        session.Jobs.ReadPlaces(from, to, chunk, _jobs);
        _atEnd = _jobs.Count < chunk;
    }
}
